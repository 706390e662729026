// Correlations with very few target channels, such as depthwise convolutions and the gradient of a
// picture. With few sums for each source element, loading (and copying) would cost more than
// multiplying. So a tile is a row of neighbouring pixels, each source element is loaded once for all
// the pixels of which it is a tap, and it is read where it lies: columns and rows outside are left
// out.

typedef struct RowTile {
  /// First channel, first tap row that exists; the first pixel's first tap, which may lie outside.
  const char *source;
  ptrdiff_t channelDistance, rowDistance;
  int32_t channels, rows;

  /// How far behind the first rows of a tile lies what later tiles will read, in bytes, and how many rows
  /// of it no tile before fetched.
  ptrdiff_t ahead;
  int32_t freshRows;

  /// The columns that exist, counted from `source`.
  int32_t from, to;

  const float *weights;
  ptrdiff_t weightsOfChannel;
  const float *bias;
  int32_t continues;
  Ending ending;
  char *target;
  ptrdiff_t targetChannelDistance, targetPixelDistance;
} RowTile;

ALWAYS_INLINE void runRowTile(const RowTile *tile, const int step, const int channels,
                              const int taps, const int pixels) {
  const float *const bias = tile->bias;
  const ptrdiff_t channelDistance = tile->targetChannelDistance;
  const int32_t from = tile->from, to = tile->to;
  for (int part = 0; part < parts; part += 1) {
    char *target[16];
    UNROLL for (int p = 0; p < pixels; p += 1) {
      target[p] = tile->target + p * tile->targetPixelDistance + part * VECTOR_BYTES;
    }
    Vector sums[8][16];
    beginSums(sums, channels, pixels, tile->continues, bias, target, channelDistance);
    for (int32_t channel = 0; channel < tile->channels; channel += 1) {
      const char *source = tile->source + channel * tile->channelDistance + part * VECTOR_BYTES;
      const float *weights = tile->weights + channel * tile->weightsOfChannel;
      for (int32_t row = 0; part == 0 && row < tile->freshRows; row += 1) {
        const char *fresh = source + tile->ahead + row * tile->rowDistance;
        UNROLL for (int x = 0; x < pixels * step; x += 1) {
          __builtin_prefetch(fresh + x * elementBytes, 0, 3);
        }
      }
      for (int32_t row = 0; row < tile->rows; row += 1) {
        Vector w[3][5];
        UNROLL for (int k = 0; k < channels; k += 1) {
          UNROLL for (int t = 0; t < taps; t += 1) w[k][t] = (Vector){} + weights[t * channels + k];
        }
        UNROLL for (int x = 0; x < (pixels - 1) * step + taps; x += 1) {
          // Where all pixels' taps overlap, or nearly, the column is known to exist.
          if (x < from || x >= to) continue;
          const Vector v = *(const Vector *)(source + x * elementBytes);
          UNROLL for (int t = 0; t < taps; t += 1) {
            const int p = (x - t) / step;
            if (x >= t && p * step == x - t && p < pixels) {
              UNROLL for (int k = 0; k < channels; k += 1) sums[k][p] += w[k][t] * v;
            }
          }
        }
        weights += taps * channels;
        source += tile->rowDistance;
      }
    }
    endSums(sums, channels, pixels, tile->ending, target, channelDistance);
  }
}

typedef void (*RowTileFunction)(const RowTile *tile);

#define ROW_TILE(S, K, T, P)                                                                     \
  static void rowTile_##S##_##K##_##T##_##P(const RowTile *tile) { runRowTile(tile, S, K, T, P); }
#define ROW_ENTRY(S, K, T, P) [S][K][T][P] = rowTile_##S##_##K##_##T##_##P,
#define ROWS_TO_4(M, S, K, T) M(S, K, T, 1) M(S, K, T, 2) M(S, K, T, 3) M(S, K, T, 4)
#define ROWS_TO_6(M, S, K, T) ROWS_TO_4(M, S, K, T) M(S, K, T, 5) M(S, K, T, 6)
#define ROWS_TO_8(M, S, K, T) ROWS_TO_6(M, S, K, T) M(S, K, T, 7) M(S, K, T, 8)
#define ROWS_TO_10(M, S, K, T) ROWS_TO_8(M, S, K, T) M(S, K, T, 9) M(S, K, T, 10)
#define ROWS_TO_14(M, S, K, T)                                                                   \
  ROWS_TO_10(M, S, K, T) M(S, K, T, 11) M(S, K, T, 12) M(S, K, T, 13) M(S, K, T, 14)

// Sums, weights and one source element fill the registers. By step, channels and taps; one and two
// taps are what phases of a gradient are left with.
#if REGISTERS == 32
#define ALL_ROW_TILES(M)                                                                         \
  ROWS_TO_14(M, 1, 1, 1)                                                                         \
  ROWS_TO_14(M, 1, 1, 2) ROWS_TO_14(M, 1, 1, 3) ROWS_TO_14(M, 1, 1, 5) ROWS_TO_10(M, 1, 2, 3)    \
      ROWS_TO_10(M, 1, 2, 5) ROWS_TO_6(M, 1, 3, 3) ROWS_TO_6(M, 1, 3, 4) ROWS_TO_14(M, 2, 1, 3)  \
          ROWS_TO_14(M, 2, 1, 5)
static const int32_t rowPixels[3][4][6] = {
    {{0}},
    {{0}, {0, 14, 14, 14, 0, 14}, {0, 0, 0, 10, 0, 10}, {0, 0, 0, 6, 6, 0}},
    {{0}, {0, 0, 0, 14, 0, 14}},
};
#else
#define ALL_ROW_TILES(M)                                                                         \
  ROWS_TO_8(M, 1, 1, 1)                                                                          \
  ROWS_TO_8(M, 1, 1, 2) ROWS_TO_8(M, 1, 1, 3) ROWS_TO_8(M, 1, 1, 5) ROWS_TO_4(M, 1, 2, 3)        \
      ROWS_TO_8(M, 2, 1, 3) ROWS_TO_8(M, 2, 1, 5)
static const int32_t rowPixels[3][4][6] = {
    {{0}},
    {{0}, {0, 8, 8, 8, 0, 8}, {0, 0, 0, 4, 0, 0}},
    {{0}, {0, 0, 0, 8, 0, 8}},
};
#endif

ALL_ROW_TILES(ROW_TILE)
static const RowTileFunction rowTiles[3][4][6][15] = {ALL_ROW_TILES(ROW_ENTRY)};

enum {
  /// What the windows of a column of tiles may take of the first-level cache.
  columnWindowBytes = 24 * 1024,
  /// What the windows of whole rows may take of the second-level cache.
  rowWindowBytes = 192 * 1024,
  /// Memory is asked for a line so far before it is read.
  fetchedAheadBytes = 16 * 1024,
};

/// Does the whole correlation if it is of this kind; whether it was.
static int runRows(const Correlation *c, const float *packed, const float *bias, Ending ending,
                   const float *source, float *target) {
  const int32_t channels = c->targetChannels, taps = c->tapColumns, step = c->stepX;
  if (channels > 3 || taps > 5 || step > 2 || (taps > 1 && c->tapDistanceX != 1)) return 0;
  const int32_t most = rowPixels[step][channels][taps];
  if (most == 0) return 0;
  const ptrdiff_t row = (ptrdiff_t)c->sourceWidth * elementBytes;
  const int32_t pieces = dividedUp(c->columns, most);
  // Sources of one channel and wide ones are walked row by row, as memory likes it; others down in
  // columns of tiles, so that the windows of more channels fit the cache.
  const int64_t rowWindow = (int64_t)c->tapRows * row;
  const int isWide = c->sourceChannels == 1 || rowWindow > columnWindowBytes / 2;
  const int64_t window =
      isWide ? rowWindow : (int64_t)c->tapRows * ((most - 1) * step + taps) * elementBytes;
  const int32_t blockChannels =
      larger(1, (int32_t)((isWide ? rowWindowBytes : columnWindowBytes) / window));
  const int32_t blocks = dividedUp(c->sourceChannels, blockChannels);
  RowTile tile = {
      .channelDistance = c->sourceHeight * row,
      .rowDistance = c->tapDistanceY * row,
      .ahead = larger(c->tapRows, (int32_t)(fetchedAheadBytes / row)) * row,
      .freshRows = c->stepY,
      .weightsOfChannel = (ptrdiff_t)c->tapRows * taps * channels,
      .bias = bias,
      .targetChannelDistance = c->targetPlane * elementBytes,
      .targetPixelDistance = c->targetColumn * elementBytes,
  };
  for (int32_t block = 0; block < blocks; block += 1) {
    const int32_t first = cut(c->sourceChannels, blocks, block);
    tile.channels = cut(c->sourceChannels, blocks, block + 1) - first;
    tile.continues = block > 0;
    tile.ending = endingAfter(block == blocks - 1, ending);
    const int32_t tiles = pieces * c->rows;
    for (int32_t index = 0; index < tiles; index += 1) {
      const int32_t piece = isWide ? index % pieces : index / c->rows;
      const int32_t y = isWide ? index / pieces : index % c->rows;
      const int32_t column = cut(c->columns, pieces, piece);
      const int32_t pixels = cut(c->columns, pieces, piece + 1) - column;
      const int32_t left = c->originX + c->firstTapX + column * step;
      const int32_t top = c->originY + c->firstTapY + y * c->stepY;
      int32_t i = 0, end = c->tapRows;
      while (i < end && top + i * c->tapDistanceY < 0) i += 1;
      while (end > i && top + (end - 1) * c->tapDistanceY >= c->sourceHeight) end -= 1;
      tile.from = larger(0, -left);
      tile.to = c->sourceWidth - left;
      tile.rows = end - i;
      tile.source = (const char *)source + first * tile.channelDistance +
                    (top + i * c->tapDistanceY) * row + (ptrdiff_t)left * elementBytes;
      tile.weights = packed + first * tile.weightsOfChannel + (ptrdiff_t)i * taps * channels;
      tile.target = (char *)(target + (c->targetStart + y * c->targetRow +
                                       column * c->targetColumn) * laneCount);
      rowTiles[step][channels][taps][pixels](&tile);
    }
  }
  return 1;
}
