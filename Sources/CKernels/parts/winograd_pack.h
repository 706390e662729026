// Kernels in the order that Winograd's method reads: transformed, G g Gᵀ.

/// The matrix G: row j holds the powers of point j divided by its distances to the others.
static void kernelMatrix(const WinogradShape *shape, double matrix[8][5]) {
  double points[7] = {0};
  for (int32_t i = 0; i < shape->pairs; i += 1) {
    points[1 + 2 * i] = shape->points[i];
    points[2 + 2 * i] = -shape->points[i];
  }
  const int32_t finite = shape->side - 1;
  for (int32_t j = 0; j < finite; j += 1) {
    double scale = 1;
    for (int32_t i = 0; i < finite; i += 1) {
      if (i != j) scale *= points[j] - points[i];
    }
    double power = 1 / scale;
    for (int32_t k = 0; k < shape->kernel; k += 1) {
      matrix[j][k] = power;
      power *= points[j];
    }
  }
  for (int32_t k = 0; k < shape->kernel; k += 1) matrix[finite][k] = k == shape->kernel - 1;
}

/// Transforms the kernels of up to `tileChannels` neighbouring target channels side by side; they are
/// `distance` apart, and neighbours where they are packed.
ALWAYS_INLINE void packKernels(const float *kernels, ptrdiff_t distance, const int32_t count,
                               const int isForward, const double matrix[8][5],
                               const int32_t side, const int32_t kernel, float *packed,
                               ptrdiff_t plane) {
  const int32_t area = kernel * kernel;
  double taps[25][tileChannels] = {0}, rows[8][5][tileChannels];
  for (int32_t k = 0; k < count; k += 1) {
    const float *own = kernels + k * distance;
    // Backward, the kernel is turned around.
    for (int32_t at = 0; at < area; at += 1) taps[at][k] = own[isForward ? at : area - 1 - at];
  }
  for (int32_t i = 0; i < side; i += 1) {
    for (int32_t x = 0; x < kernel; x += 1) {
      double sums[tileChannels] = {0};
      for (int32_t y = 0; y < kernel; y += 1) {
        UNROLL for (int32_t k = 0; k < tileChannels; k += 1) {
          sums[k] += matrix[i][y] * taps[y * kernel + x][k];
        }
      }
      UNROLL for (int32_t k = 0; k < tileChannels; k += 1) rows[i][x][k] = sums[k];
    }
  }
  for (int32_t i = 0; i < side; i += 1) {
    for (int32_t j = 0; j < side; j += 1, packed += plane) {
      double sums[tileChannels] = {0};
      for (int32_t x = 0; x < kernel; x += 1) {
        UNROLL for (int32_t k = 0; k < tileChannels; k += 1) {
          sums[k] += rows[i][x][k] * matrix[j][x];
        }
      }
      for (int32_t k = 0; k < count; k += 1) packed[k] = (float)sums[k];
    }
  }
}

ALWAYS_INLINE void packAllKernels(const CKernels_Convolution *s, CKernels_Winograd kind,
                                  CKernels_Direction direction, const int32_t side,
                                  const int32_t kernel, const float *weights, float *packed) {
  const WinogradPlan p = winogradPlan(s, kind, direction);
  const int32_t area = kernel * kernel;
  const int isForward = direction == CKernels_DirectionForward;
  const ptrdiff_t targetDistance = isForward ? (ptrdiff_t)s->inputChannels * area : area;
  const ptrdiff_t sourceDistance = isForward ? area : (ptrdiff_t)s->inputChannels * area;
  const ptrdiff_t plane = (ptrdiff_t)s->inputChannels * s->outputChannels;
  const int32_t tiles = channelTiles(p.targetChannels);
  double matrix[8][5];
  kernelMatrix(&p.shape, matrix);
  for (int32_t tile = 0; tile < tiles; tile += 1) {
    const int32_t first = cut(p.targetChannels, tiles, tile);
    const int32_t count = cut(p.targetChannels, tiles, tile + 1) - first;
    for (int32_t c = 0; c < p.sourceChannels; c += 1) {
      packKernels(weights + first * targetDistance + c * sourceDistance, targetDistance, count,
                  isForward, matrix, side, kernel,
                  packed + (ptrdiff_t)first * p.sourceChannels + c * count, plane);
    }
  }
}

static void packWinograd(const CKernels_Convolution *s, CKernels_Winograd kind,
                         CKernels_Direction direction, const float *weights, float *packed) {
  switch (kind) {
    case CKernels_WinogradF2K3:
      packAllKernels(s, kind, direction, 4, 3, weights, packed);
      break;
    case CKernels_WinogradF4K3:
      packAllKernels(s, kind, direction, 6, 3, weights, packed);
      break;
    case CKernels_WinogradF2K5:
      packAllKernels(s, kind, direction, 6, 5, weights, packed);
      break;
    case CKernels_WinogradF4K5:
      packAllKernels(s, kind, direction, 8, 5, weights, packed);
      break;
  }
}
