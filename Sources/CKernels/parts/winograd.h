// Winograd's minimal filtering: m·m outputs of an r·r kernel from n·n inputs, n = m + r − 1, with
// n·n multiplications for each pair of channels in place of m·m·r·r.
//
//   Y = Aᵀ [ Σ over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
//
// Reference: Lavin, Gray, "Fast algorithms for convolutional neural networks", arXiv:1509.09308. The
// matrices follow from n − 1 points and the one at infinity (Toom and Cook). Our points are 0 and
// pairs ±p, so that even and odd parts are shared; the pairs were picked by measuring the error:
// with ±3/4, ±3/2 it is a quarter of what the usual ±1, ±2 give. (Barabasz, Anderson, Soodhalter,
// Gregg, "Error analysis and improving the accuracy of Winograd convolution", arXiv:1803.10986.)
//
// A block of tiles is transformed for all channels into `[place][channel][tile]`; then
// each of the n·n places is a matrix product of its own, done by the strided tiles; then the products
// are transformed back. Blocks are as large as the second-level cache allows.

typedef struct WinogradShape {
  int32_t made, kernel, side;  // m, r, n
  int32_t pairs;
  double points[3];
} WinogradShape;

static WinogradShape winogradShape(CKernels_Winograd kind) {
  switch (kind) {
    case CKernels_WinogradF2K3:
      return (WinogradShape){2, 3, 4, 1, {1}};
    case CKernels_WinogradF4K3:
      return (WinogradShape){4, 3, 6, 2, {0.75, 1.5}};
    case CKernels_WinogradF2K5:
      return (WinogradShape){2, 5, 6, 2, {0.75, 1.5}};
    case CKernels_WinogradF4K5:
      return (WinogradShape){4, 5, 8, 3, {0.5, 1, 1.75}};
  }
}

// The squares of the points, as the transforms use them.
#define A6 0.5625f
#define B6 2.25f
#define A8 0.25f
#define B8 1.0f
#define C8 3.0625f

/// One column of Bᵀ d. Rows belong to the points 0, +p, −p for each pair, and infinity; each is the
/// product of (x − other points) applied to d as coefficients.
ALWAYS_INLINE void transformSource(const int side, const Vector *d, Vector *v) {
  if (side == 4) {
    v[0] = d[2] - d[0];
    v[1] = d[2] + d[1];
    v[2] = d[2] - d[1];
    v[3] = d[3] - d[1];
  } else if (side == 6) {
    const Vector evenA = d[4] - B6 * d[2], oddA = d[3] - B6 * d[1];
    const Vector evenB = d[4] - A6 * d[2], oddB = d[3] - A6 * d[1];
    v[0] = evenA - A6 * (d[2] - B6 * d[0]);
    v[1] = evenA + 0.75f * oddA;
    v[2] = evenA - 0.75f * oddA;
    v[3] = evenB + 1.5f * oddB;
    v[4] = evenB - 1.5f * oddB;
    v[5] = (d[5] - B6 * d[3]) - A6 * oddA;
  } else {
    const Vector evenA = d[6] - (B8 + C8) * d[4] + (B8 * C8) * d[2];
    const Vector oddA = d[5] - (B8 + C8) * d[3] + (B8 * C8) * d[1];
    const Vector evenB = d[6] - (A8 + C8) * d[4] + (A8 * C8) * d[2];
    const Vector oddB = d[5] - (A8 + C8) * d[3] + (A8 * C8) * d[1];
    const Vector evenC = d[6] - (A8 + B8) * d[4] + (A8 * B8) * d[2];
    const Vector oddC = d[5] - (A8 + B8) * d[3] + (A8 * B8) * d[1];
    v[0] = evenA - A8 * (d[4] - (B8 + C8) * d[2] + (B8 * C8) * d[0]);
    v[1] = evenA + 0.5f * oddA;
    v[2] = evenA - 0.5f * oddA;
    v[3] = evenB + oddB;
    v[4] = evenB - oddB;
    v[5] = evenC + 1.75f * oddC;
    v[6] = evenC - 1.75f * oddC;
    v[7] = (d[7] - (B8 + C8) * d[5] + (B8 * C8) * d[3]) - A8 * oddA;
  }
}

/// One column of Aᵀ M: the polynomial's coefficients from its values; row i sums pⁱ times the value
/// at p, the last one also the value at infinity.
ALWAYS_INLINE void transformTarget(const int side, const int made, const Vector *v, Vector *y) {
  if (side == 4) {
    y[0] = v[0] + (v[1] + v[2]);
    y[1] = (v[1] - v[2]) + v[3];
    return;
  }
  const Vector sumA = v[1] + v[2], differenceA = v[1] - v[2];
  const Vector sumB = v[3] + v[4], differenceB = v[3] - v[4];
  if (side == 6) {
    y[0] = v[0] + (sumA + sumB);
    y[1] = 0.75f * differenceA + 1.5f * differenceB;
    if (made == 2) {
      y[1] += v[5];
    } else {
      y[2] = A6 * sumA + B6 * sumB;
      y[3] = v[5] + (0.75f * A6) * differenceA + (1.5f * B6) * differenceB;
    }
    return;
  }
  const Vector sumC = v[5] + v[6], differenceC = v[5] - v[6];
  y[0] = (v[0] + sumA) + (sumB + sumC);
  y[1] = 0.5f * differenceA + differenceB + 1.75f * differenceC;
  y[2] = A8 * sumA + sumB + C8 * sumC;
  y[3] = (0.5f * A8) * differenceA + (v[7] + differenceB) + (1.75f * C8) * differenceC;
}

/// How a Winograd convolution is cut.
typedef struct WinogradPlan {
  WinogradShape shape;
  int32_t sourceChannels, sourceHeight, sourceWidth;
  int32_t targetChannels, targetHeight, targetWidth;
  int32_t padTop, padLeft;
  int32_t tileRows, tileColumns, tiles;
  int32_t blocks, blockTiles;
  ptrdiff_t sourcePlane, targetPlane;  // elements from place to place
} WinogradPlan;

enum { winogradBlockBytes = 800 * 1024 };

static WinogradPlan winogradPlan(const CKernels_Convolution *s, CKernels_Winograd kind,
                                 CKernels_Direction direction) {
  WinogradPlan p = {.shape = winogradShape(kind)};
  if (direction == CKernels_DirectionForward) {
    p.sourceChannels = s->inputChannels;
    p.sourceHeight = s->inputHeight;
    p.sourceWidth = s->inputWidth;
    p.targetChannels = s->outputChannels;
    p.targetHeight = s->outputHeight;
    p.targetWidth = s->outputWidth;
    p.padTop = s->padTop;
    p.padLeft = s->padLeft;
  } else {
    p.sourceChannels = s->outputChannels;
    p.sourceHeight = s->outputHeight;
    p.sourceWidth = s->outputWidth;
    p.targetChannels = s->inputChannels;
    p.targetHeight = s->inputHeight;
    p.targetWidth = s->inputWidth;
    p.padTop = s->kernelHeight - 1 - s->padTop;
    p.padLeft = s->kernelWidth - 1 - s->padLeft;
  }
  p.tileRows = dividedUp(p.targetHeight, p.shape.made);
  p.tileColumns = dividedUp(p.targetWidth, p.shape.made);
  p.tiles = p.tileRows * p.tileColumns;
  const int32_t pixels = tilePixels[largestChannelTile(p.targetChannels)];
  const int64_t bytesPerTile = (int64_t)p.shape.side * p.shape.side *
                               (p.sourceChannels + p.targetChannels) * elementBytes;
  const int64_t most = larger(1, (int32_t)(winogradBlockBytes / bytesPerTile / pixels)) * pixels;
  p.blocks = dividedUp(p.tiles, (int32_t)most);
  p.blockTiles = smaller(p.tiles, dividedUp(dividedUp(p.tiles, p.blocks), pixels) * pixels);
  p.blocks = dividedUp(p.tiles, p.blockTiles);
  // One element more, or the places' planes would compete for the same lines of the cache.
  p.sourcePlane = (ptrdiff_t)p.sourceChannels * p.blockTiles | 1;
  p.targetPlane = (ptrdiff_t)p.targetChannels * p.blockTiles | 1;
  return p;
}

static size_t winogradPackedCount(const CKernels_Convolution *s, CKernels_Winograd kind) {
  const WinogradShape shape = winogradShape(kind);
  return (size_t)shape.side * (size_t)shape.side * (size_t)s->inputChannels *
         (size_t)s->outputChannels;
}

static size_t winogradScratchBytes(const CKernels_Convolution *s, CKernels_Winograd kind,
                                   CKernels_Direction direction) {
  const WinogradPlan p = winogradPlan(s, kind, direction);
  return (size_t)(p.shape.side * p.shape.side) * (size_t)(p.sourcePlane + p.targetPlane) *
         elementBytes;
}

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

/// Transforms the windows of one block, all channels.
ALWAYS_INLINE void transformBlockSource(const WinogradPlan *p, const int side, int32_t firstTile,
                                        int32_t tiles, const float *source, char *transformed) {
  char border[64 * elementBytes] __attribute__((aligned(64)));
  const ptrdiff_t place = p->sourcePlane * elementBytes;
  for (int32_t channel = 0; channel < p->sourceChannels; channel += 1) {
    const char *plane = (const char *)source +
                        (ptrdiff_t)channel * p->sourceHeight * p->sourceWidth * elementBytes;
    int32_t tileRow = firstTile / p->tileColumns, tileColumn = firstTile % p->tileColumns;
    for (int32_t tile = 0; tile < tiles; tile += 1) {
      const int32_t top = tileRow * p->shape.made - p->padTop;
      const int32_t left = tileColumn * p->shape.made - p->padLeft;
      const char *window;
      ptrdiff_t row;
      if (top >= 0 && left >= 0 && top + side <= p->sourceHeight &&
          left + side <= p->sourceWidth) {
        window = plane + ((ptrdiff_t)top * p->sourceWidth + left) * elementBytes;
        row = (ptrdiff_t)p->sourceWidth * elementBytes;
      } else {
        const int32_t inside = smaller(side, larger(0, -left));
        const int32_t outside = larger(inside, smaller(side, p->sourceWidth - left));
        for (int32_t i = 0; i < side; i += 1) {
          char *line = border + i * side * elementBytes;
          const int32_t y = top + i;
          if (y < 0 || y >= p->sourceHeight) {
            memset(line, 0, (size_t)side * elementBytes);
            continue;
          }
          for (int32_t j = 0; j < inside; j += 1) memset(line + j * elementBytes, 0, elementBytes);
          const char *from = plane + ((ptrdiff_t)y * p->sourceWidth + left) * elementBytes;
          for (int32_t j = inside; j < outside; j += 1) {
            memcpy(line + j * elementBytes, from + j * elementBytes, elementBytes);
          }
          for (int32_t j = outside; j < side; j += 1) {
            memset(line + j * elementBytes, 0, elementBytes);
          }
        }
        window = border;
        row = side * elementBytes;
      }
      char *target = transformed + ((ptrdiff_t)channel * p->blockTiles + tile) * elementBytes;
      for (int part = 0; part < parts; part += 1) {
        Vector columns[8][8];
        UNROLL for (int x = 0; x < side; x += 1) {
          Vector d[8], v[8];
          UNROLL for (int y = 0; y < side; y += 1) {
            d[y] = *(const Vector *)(window + y * row + x * elementBytes + part * VECTOR_BYTES);
          }
          transformSource(side, d, v);
          UNROLL for (int y = 0; y < side; y += 1) columns[y][x] = v[y];
        }
        UNROLL for (int y = 0; y < side; y += 1) {
          Vector v[8];
          transformSource(side, columns[y], v);
          UNROLL for (int x = 0; x < side; x += 1) {
            *(Vector *)(target + (y * side + x) * place + part * VECTOR_BYTES) = v[x];
          }
        }
      }
      tileColumn += 1;
      if (tileColumn == p->tileColumns) {
        tileColumn = 0;
        tileRow += 1;
      }
    }
  }
}

/// Transforms a block's products back and stores what lies inside the target.
ALWAYS_INLINE void transformBlockTarget(const WinogradPlan *p, const int side, const int made,
                                        int32_t firstTile, int32_t tiles, const char *products,
                                        const float *bias, Ending ending, float *target) {
  const ptrdiff_t place = p->targetPlane * elementBytes;
  for (int32_t channel = 0; channel < p->targetChannels; channel += 1) {
    char *plane = (char *)target +
                  (ptrdiff_t)channel * p->targetHeight * p->targetWidth * elementBytes;
    const float addend = bias ? bias[channel] : 0;
    int32_t tileRow = firstTile / p->tileColumns, tileColumn = firstTile % p->tileColumns;
    for (int32_t tile = 0; tile < tiles; tile += 1) {
      const int32_t rows = smaller(made, p->targetHeight - tileRow * made);
      const int32_t columnsInside = smaller(made, p->targetWidth - tileColumn * made);
      char *to = plane + ((ptrdiff_t)tileRow * made * p->targetWidth + tileColumn * made) *
                             elementBytes;
      const char *from = products + ((ptrdiff_t)channel * p->blockTiles + tile) * elementBytes;
      for (int part = 0; part < parts; part += 1) {
        Vector columns[4][8];
        UNROLL for (int x = 0; x < side; x += 1) {
          Vector v[8], y[4];
          UNROLL for (int i = 0; i < side; i += 1) {
            v[i] = *(const Vector *)(from + (i * side + x) * place + part * VECTOR_BYTES);
          }
          transformTarget(side, made, v, y);
          UNROLL for (int i = 0; i < made; i += 1) columns[i][x] = y[i];
        }
        UNROLL for (int i = 0; i < made; i += 1) {
          if (i < rows) {
            Vector y[4];
            transformTarget(side, made, columns[i], y);
            UNROLL for (int x = 0; x < made; x += 1) {
              Vector sum = y[x] + addend;
              if (ending.bounds) {
                sum = heldBetween(sum, ending.bounds->low, ending.bounds->high);
              }
              if (x < columnsInside) {
                store(sum, to + ((ptrdiff_t)i * p->targetWidth + x) * elementBytes +
                               part * VECTOR_BYTES, ending);
              }
            }
          }
        }
      }
      tileColumn += 1;
      if (tileColumn == p->tileColumns) {
        tileColumn = 0;
        tileRow += 1;
      }
    }
  }
}

/// The matrix products of all places.
static void multiplyBlock(const WinogradPlan *p, int32_t tiles, const float *packed,
                          const char *transformed, char *products) {
  const int32_t channelTileCount = channelTiles(p->targetChannels);
  const int32_t most = tilePixels[largestChannelTile(p->targetChannels)];
  const int32_t places = p->shape.side * p->shape.side;
  Tile tile = {
      .targetChannelDistance = (ptrdiff_t)p->blockTiles * elementBytes,
      .steps = p->sourceChannels,
      .stepDistance = (ptrdiff_t)p->blockTiles * elementBytes,
  };
  for (int32_t place = 0; place < places; place += 1) {
    const char *from = transformed + place * p->sourcePlane * elementBytes;
    char *to = products + place * p->targetPlane * elementBytes;
    for (int32_t index = 0; index < channelTileCount; index += 1) {
      const int32_t first = cut(p->targetChannels, channelTileCount, index);
      const int32_t channels = cut(p->targetChannels, channelTileCount, index + 1) - first;
      tile.weights = packed;
      packed += (ptrdiff_t)channels * p->sourceChannels;
      tile.upcoming = (const char *)packed;
      for (int32_t done = 0; done < tiles; done += most) {
        const int32_t pixels = smaller(most, tiles - done);
        for (int32_t i = 0; i < pixels; i += 1) {
          tile.source[i] = from + (done + i) * elementBytes;
          tile.target[i] = to + ((ptrdiff_t)first * p->blockTiles + done + i) * elementBytes;
        }
        stridedTiles[channels][pixels](&tile);
      }
    }
  }
}

ALWAYS_INLINE void runWinograd(const WinogradPlan *p, const int side, const int made,
                               const float *packed, const float *bias, Ending ending,
                               const float *source, float *target, char *scratch) {
  char *products = scratch + side * side * p->sourcePlane * elementBytes;
  for (int32_t block = 0; block < p->blocks; block += 1) {
    const int32_t first = block * p->blockTiles;
    const int32_t tiles = smaller(p->blockTiles, p->tiles - first);
    transformBlockSource(p, side, first, tiles, source, scratch);
    multiplyBlock(p, tiles, packed, scratch, products);
    transformBlockTarget(p, side, made, first, tiles, products, bias, ending, target);
  }
  finishStreaming(ending);
}

static void convolveWinograd(const CKernels_Convolution *s, CKernels_Winograd kind,
                             CKernels_Direction direction, const float *packed, const float *bias,
                             const CKernels_Bounds *bounds, const float *source, float *target,
                             void *scratch) {
  const WinogradPlan p = winogradPlan(s, kind, direction);
  const Ending ending = endingOf(
      bounds, (ptrdiff_t)p.targetChannels * p.targetHeight * p.targetWidth);
  switch (kind) {
    case CKernels_WinogradF2K3:
      runWinograd(&p, 4, 2, packed, bias, ending, source, target, scratch);
      break;
    case CKernels_WinogradF4K3:
      runWinograd(&p, 6, 4, packed, bias, ending, source, target, scratch);
      break;
    case CKernels_WinogradF2K5:
      runWinograd(&p, 6, 2, packed, bias, ending, source, target, scratch);
      break;
    case CKernels_WinogradF4K5:
      runWinograd(&p, 8, 4, packed, bias, ending, source, target, scratch);
      break;
  }
}
