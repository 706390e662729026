// A convolution by Winograd's method, block by block: windows transformed, multiplied, brought back.

/// Where a window's rows begin, and which of its columns lie inside the source; rows outside are
/// those of `zeros`.
typedef struct WinogradWindow {
  const char *rows[8];
  int32_t firstColumn, endColumn;
} WinogradWindow;

ALWAYS_INLINE WinogradWindow windowAt(const WinogradPlan *p, const int side, int32_t top,
                                      int32_t left, const char *plane, const char *zeros) {
  WinogradWindow window = {
      .firstColumn = larger(0, -left),
      .endColumn = smaller(side, p->sourceWidth - left),
  };
  UNROLL for (int i = 0; i < side; i += 1) {
    const int32_t y = top + i;
    window.rows[i] = y < 0 || y >= p->sourceHeight
                         ? zeros
                         : plane + ((ptrdiff_t)y * p->sourceWidth + left) * elementBytes;
  }
  return window;
}

/// Transforms one window, which the edge of the source may cut (`isWhole` is a constant).
ALWAYS_INLINE void transformWindow(const WinogradWindow *window, const int isWhole, const int side,
                                   ptrdiff_t place, char *target) {
  for (int part = 0; part < parts; part += 1) {
    Vector columns[8][8];
    UNROLL for (int x = 0; x < side; x += 1) {
      Vector d[8], v[8];
      if (isWhole || (x >= window->firstColumn && x < window->endColumn)) {
        UNROLL for (int y = 0; y < side; y += 1) {
          d[y] = *(const Vector *)(window->rows[y] + x * elementBytes + part * VECTOR_BYTES);
        }
        transformSource(side, d, v);
      } else {
        UNROLL for (int y = 0; y < side; y += 1) v[y] = (Vector){};
      }
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
}

/// Transforms the windows of one block, all channels.
ALWAYS_INLINE void transformBlockSource(const WinogradPlan *p, const int side, int32_t firstTile,
                                        int32_t tiles, const float *source, char *transformed) {
  static const char zeros[8 * elementBytes] __attribute__((aligned(64)));
  const ptrdiff_t place = p->sourcePlane * elementBytes;
  for (int32_t channel = 0; channel < p->sourceChannels; channel += 1) {
    const char *plane = (const char *)source +
                        (ptrdiff_t)channel * p->sourceHeight * p->sourceWidth * elementBytes;
    int32_t tileRow = firstTile / p->tileColumns, tileColumn = firstTile % p->tileColumns;
    for (int32_t tile = 0; tile < tiles; tile += 1) {
      const int32_t top = tileRow * p->shape.made - p->padTop;
      const int32_t left = tileColumn * p->shape.made - p->padLeft;
      const WinogradWindow window = windowAt(p, side, top, left, plane, zeros);
      char *target = transformed + ((ptrdiff_t)channel * p->blockTiles + tile) * elementBytes;
      if (window.firstColumn == 0 && window.endColumn == side) {
        transformWindow(&window, 1, side, place, target);
      } else {
        transformWindow(&window, 0, side, place, target);
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
