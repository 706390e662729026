// The one loop everything rests on: a tile of `channels · pixels` sums stays in registers while
// each step loads a vector for every pixel and broadcasts a weight for every channel.
//
//   sum[k][p] += weight[step][k] · source[pixel[p] + offset(step)]
//
// A convolution finds its steps (input channel, kernel row, kernel column) in a table of offsets; in
// a matrix product they are a fixed distance apart.

/// What one call of a tile works on. Distances are in bytes.
typedef struct Tile {
  /// Where each pixel's window begins; the first one only if pixels are neighbours.
  const char *source[8];

  /// Where each pixel's first channel is stored; the first one only if pixels are neighbours.
  char *target[8];
  ptrdiff_t targetChannelDistance;

  const float *weights;
  ptrdiff_t steps;
  const int32_t *offsets;
  ptrdiff_t stepDistance;

  /// Between neighbours in the target.
  ptrdiff_t targetPixelDistance;

  /// Whether to go on from the sums in the target, or to start from the bias (or zero).
  int32_t continues;
  const float *bias;
  Ending ending;

  /// Memory that will be wanted soon: a line is fetched with every second step.
  const char *upcoming;
} Tile;

/// How a tile's pixels and steps are laid out.
enum {
  /// Any pixels, steps from the table.
  gathered,
  /// Neighbouring pixels, steps from the table.
  neighbours,
  /// Any pixels, steps at a fixed distance.
  strided,
};

/// How a tile's sums begin: where they were left, or with the bias (or zero).
ALWAYS_INLINE void beginSums(Vector sums[8][16], const int channels, const int pixels,
                             int32_t continues, const float *bias, char *const target[16],
                             ptrdiff_t channelDistance) {
  if (continues) {
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int p = 0; p < pixels; p += 1) {
        sums[k][p] = *(const Vector *)(target[p] + k * channelDistance);
      }
    }
  } else if (bias) {
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int p = 0; p < pixels; p += 1) sums[k][p] = (Vector){} + bias[k];
    }
  } else {
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int p = 0; p < pixels; p += 1) sums[k][p] = (Vector){};
    }
  }
}

ALWAYS_INLINE void endSums(Vector sums[8][16], const int channels, const int pixels,
                           Ending ending, char *const target[16], ptrdiff_t channelDistance) {
  if (ending.bounds) {
    const float low = ending.bounds->low, high = ending.bounds->high;
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int p = 0; p < pixels; p += 1) sums[k][p] = heldBetween(sums[k][p], low, high);
    }
  }
  UNROLL for (int k = 0; k < channels; k += 1) {
    UNROLL for (int p = 0; p < pixels; p += 1) {
      store(sums[k][p], target[p] + k * channelDistance, ending);
    }
  }
}

/// With two sets of sums, odd steps have one of their own: a few sums alone would wait for each other's
/// latency. Pixels of a map always have one set, because a pixel's sum must not depend on how many
/// neighbours are computed with it.
ALWAYS_INLINE void runTile(const Tile *tile, const int channels, const int pixels,
                           const int layout, const int sets) {
  const float *const bias = tile->bias;
  const float *const weights = tile->weights;
  const int32_t *const offsets = tile->offsets;
  const ptrdiff_t steps = tile->steps, stepDistance = tile->stepDistance;
  const ptrdiff_t channelDistance = tile->targetChannelDistance;
  const ptrdiff_t pixelDistance = tile->targetPixelDistance;
  const int32_t continues = tile->continues;
  const Ending ending = tile->ending;
  const char *const upcoming = tile->upcoming;
  for (int part = 0; part < parts; part += 1) {
    const char *source[8];
    char *target[16];
    UNROLL for (int p = 0; p < pixels; p += 1) {
      if (layout != neighbours || p == 0) source[p] = tile->source[p] + part * VECTOR_BYTES;
      target[p] = (layout == neighbours ? tile->target[0] + p * pixelDistance : tile->target[p]) +
                  part * VECTOR_BYTES;
    }

    Vector sums[2][8][16];
    beginSums(sums[0], channels, pixels, continues, bias, target, channelDistance);
    if (sets == 2) {
      UNROLL for (int k = 0; k < channels; k += 1) {
        UNROLL for (int p = 0; p < pixels; p += 1) sums[1][k][p] = (Vector){};
      }
    }

#define STEP(set, number)                                                                        \
  do {                                                                                           \
    const ptrdiff_t offset = layout == strided ? (number) * stepDistance : offsets[number];          \
    Vector x[16];                                                                                \
    UNROLL for (int p = 0; p < pixels; p += 1) {                                                 \
      x[p] = *(const Vector *)(layout == neighbours ? source[0] + p * elementBytes + offset      \
                                                    : source[p] + offset);                       \
    }                                                                                            \
    UNROLL for (int k = 0; k < channels; k += 1) {                                               \
      const float w = weights[(number) * channels + k];                                          \
      UNROLL for (int p = 0; p < pixels; p += 1) sums[set][k][p] += w * x[p];                    \
    }                                                                                            \
  } while (0)
    // Four steps at a time: a short loop's end is then predicted.
    ptrdiff_t step = 0;
    for (; step + 3 < steps; step += 4) {
      if (part == 0) __builtin_prefetch(upcoming + step * 32, 0, 2);
      STEP(0, step);
      STEP(sets - 1, step + 1);
      if (part == 0) __builtin_prefetch(upcoming + step * 32 + 64, 0, 2);
      STEP(0, step + 2);
      STEP(sets - 1, step + 3);
    }
    for (; step < steps; step += 1) STEP(0, step);
#undef STEP

    if (sets == 2) {
      UNROLL for (int k = 0; k < channels; k += 1) {
        UNROLL for (int p = 0; p < pixels; p += 1) sums[0][k][p] += sums[1][k][p];
      }
    }
    endSums(sums[0], channels, pixels, ending, target, channelDistance);
  }
}

typedef void (*TileFunction)(const Tile *tile);

// Every size a tile can have, each compiled on its own so that its sums live in registers.
#define TILES_UP_TO_3(M, K) M(K, 1) M(K, 2) M(K, 3)
#define TILES_UP_TO_6(M, K) TILES_UP_TO_3(M, K) M(K, 4) M(K, 5) M(K, 6)
#define TILES_UP_TO_8(M, K) TILES_UP_TO_6(M, K) M(K, 7) M(K, 8)
#define TILES_UP_TO_14(M, K)                                                                     \
  TILES_UP_TO_8(M, K) M(K, 9) M(K, 10) M(K, 11) M(K, 12) M(K, 13) M(K, 14)

#define GATHERED_TILE(K, P)                                                                      \
  static void gathered_##K##_##P(const Tile *tile) { runTile(tile, K, P, gathered, 1); }
#define STRIDED_TILE(K, P)                                                                       \
  static void strided_##K##_##P(const Tile *tile) { runTile(tile, K, P, strided, 1); }
#define NEIGHBOUR_TILE(K, P)                                                                     \
  static void neighbours_##K##_##P(const Tile *tile) { runTile(tile, K, P, neighbours, 1); }
#define LONE_TILE(K)                                                                             \
  static void lone_##K(const Tile *tile) { runTile(tile, K, 1, strided, K < 8 ? 2 : 1); }
#define LONE_ENTRY(K) [K] = lone_##K,
#define GATHERED_ENTRY(K, P) [K][P] = gathered_##K##_##P,
#define STRIDED_ENTRY(K, P) [K][P] = strided_##K##_##P,
#define NEIGHBOUR_ENTRY(K, P) [K][P] = neighbours_##K##_##P,

#if REGISTERS == 32
enum { tileChannels = 8 };
#define ALL_TILES(M)                                                                             \
  TILES_UP_TO_6(M, 1)                                                                            \
  TILES_UP_TO_6(M, 2) TILES_UP_TO_6(M, 3) TILES_UP_TO_6(M, 4) TILES_UP_TO_3(M, 5) M(5, 4)        \
      TILES_UP_TO_3(M, 6) M(6, 4) TILES_UP_TO_3(M, 7) TILES_UP_TO_3(M, 8)
static const int32_t tilePixels[9] = {0, 6, 6, 6, 6, 4, 4, 3, 3};
#define ALL_NEIGHBOUR_TILES(M) TILES_UP_TO_14(M, 1) TILES_UP_TO_8(M, 2) TILES_UP_TO_8(M, 3)
static const int32_t neighbourPixels[4] = {0, 14, 8, 8};
#else
enum { tileChannels = 6 };
#define ALL_TILES(M)                                                                             \
  TILES_UP_TO_6(M, 1)                                                                            \
  TILES_UP_TO_3(M, 2) M(2, 4) TILES_UP_TO_3(M, 3) TILES_UP_TO_3(M, 4) TILES_UP_TO_3(M, 5)        \
      TILES_UP_TO_3(M, 6)
static const int32_t tilePixels[9] = {0, 6, 4, 3, 2, 2, 2};
#define ALL_NEIGHBOUR_TILES(M) TILES_UP_TO_8(M, 1) TILES_UP_TO_3(M, 2) M(2, 4)
static const int32_t neighbourPixels[4] = {0, 8, 4, 0};
#endif

ALL_TILES(GATHERED_TILE)
ALL_TILES(STRIDED_TILE)
ALL_NEIGHBOUR_TILES(NEIGHBOUR_TILE)

// A matrix times a single column.
#if REGISTERS == 32
#define ALL_LONE_TILES(M) M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8)
#else
#define ALL_LONE_TILES(M) M(1) M(2) M(3) M(4) M(5) M(6)
#endif
ALL_LONE_TILES(LONE_TILE)
static const TileFunction loneTiles[9] = {ALL_LONE_TILES(LONE_ENTRY)};

static const TileFunction gatheredTiles[9][7] = {ALL_TILES(GATHERED_ENTRY)};
static const TileFunction stridedTiles[9][7] = {ALL_TILES(STRIDED_ENTRY)};
static const TileFunction neighbourTiles[4][15] = {ALL_NEIGHBOUR_TILES(NEIGHBOUR_ENTRY)};

/// Into how many tiles so many channels are cut.
ALWAYS_INLINE int32_t channelTiles(int32_t channels) { return dividedUp(channels, tileChannels); }

/// The most channels that a tile of `channels` has.
ALWAYS_INLINE int32_t largestChannelTile(int32_t channels) {
  return dividedUp(channels, channelTiles(channels));
}
