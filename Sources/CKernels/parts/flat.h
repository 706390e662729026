// Convolutions with one tap, stride one and no border, in either direction: the product of the
// weights' matrix with all pixels of all channels.
//
// A tile's pixels in a few hundred channels lie a plane apart, where they compete for the same
// lines of the first-level cache. So they are copied into a slab, `[channel][pixel]`, that the tile
// reads from beginning to end: the next tile's while this one multiplies, which takes load and
// store slots that are free anyway; and the slab after that is on its way from memory meanwhile.

/// How a flat correlation is cut.
typedef struct FlatBlocks {
  int32_t channelBlocks, channels;  // the largest block's
  int32_t tilePixels;
  int32_t pixelBlocks, pixels;
} FlatBlocks;

enum {
  /// So many channels' sums stay in registers from beginning to end.
  flatChannels = 512,
  /// Weights that fit the second-level cache are read anew for each tile, larger ones for as many
  /// tiles as fit a slab of this size.
  flatWeightBytes = 1024 * 1024,
  flatSlabBytes = 192 * 1024,
  /// Where lines of the target are fetched before they are written, longer rows of them are better.
  fetchingSlabBytes = parts > 1 ? 32 * 1024 : 0,
};

static int isFlat(const Correlation *c) {
  return c->tapRows * c->tapColumns == 1 && c->stepY == 1 && c->stepX == 1 &&
         c->originY + c->firstTapY == 0 && c->originX + c->firstTapX == 0 &&
         c->rows == c->sourceHeight && c->columns == c->sourceWidth &&
         c->targetRow == c->columns * c->targetColumn;
}

static FlatBlocks flatBlocksOf(const Correlation *c) {
  FlatBlocks b;
  const int32_t pixels = c->rows * c->columns;
  b.tilePixels = tilePixels[largestChannelTile(c->targetChannels)];
  b.channelBlocks = dividedUp(c->sourceChannels, flatChannels);
  b.channels = dividedUp(c->sourceChannels, b.channelBlocks);
  const int64_t tileBytes = (int64_t)b.channels * b.tilePixels * elementBytes;
  const int64_t weightBytes = (int64_t)b.channels * c->targetChannels * 4;
  const int64_t slabBytes = weightBytes > flatWeightBytes ? flatSlabBytes : fetchingSlabBytes;
  b.pixels = smaller(larger(1, (int32_t)(slabBytes / tileBytes)) * b.tilePixels, pixels);
  b.pixelBlocks = dividedUp(pixels, b.pixels);
  return b;
}

/// Two slabs take turns.
static size_t flatScratchBytes(const Correlation *c) {
  const FlatBlocks b = flatBlocksOf(c);
  return 2 * (size_t)b.channels * (size_t)b.pixels * elementBytes;
}

/// Some channels' pixels on their way into a slab.
typedef struct FlatCopy {
  const char *from;
  char *to;
  ptrdiff_t planeDistance;
  int32_t channels, pixels;

  /// How far behind it lies what will be copied next.
  ptrdiff_t ahead;
} FlatCopy;

typedef struct FlatTile {
  const char *slab;
  const float *weights;
  ptrdiff_t steps;

  /// The first pixel's first channel.
  char *target;
  ptrdiff_t targetChannelDistance, targetPixelDistance;
  int32_t continues;
  const float *bias;
  Ending ending;

  /// What is copied meanwhile, as many pixels as the tile has.
  FlatCopy copy;
} FlatTile;

ALWAYS_INLINE void runFlatTile(const FlatTile *tile, const int channels, const int pixels) {
  const ptrdiff_t channelDistance = tile->targetChannelDistance;
  const ptrdiff_t planeDistance = tile->copy.planeDistance, ahead = tile->copy.ahead;
  for (int part = 0; part < parts; part += 1) {
    const char *slab = tile->slab + part * VECTOR_BYTES;
    const float *weights = tile->weights;
    char *target[16];
    UNROLL for (int p = 0; p < pixels; p += 1) {
      target[p] = tile->target + p * tile->targetPixelDistance + part * VECTOR_BYTES;
    }
    Vector sums[8][16];
    beginSums(sums, channels, pixels, tile->continues, tile->bias, target, channelDistance);

#define STEP(number)                                                                             \
  do {                                                                                           \
    Vector x[16];                                                                                \
    UNROLL for (int p = 0; p < pixels; p += 1) {                                                 \
      x[p] = *(const Vector *)(slab + ((number) * pixels + p) * elementBytes);                   \
    }                                                                                            \
    UNROLL for (int k = 0; k < channels; k += 1) {                                               \
      const float w = weights[(number) * channels + k];                                          \
      UNROLL for (int p = 0; p < pixels; p += 1) sums[k][p] += w * x[p];                         \
    }                                                                                            \
  } while (0)
#define FOUR_STEPS(MEANWHILE)                                                                    \
  do {                                                                                           \
    UNROLL for (int i = 0; i < 4; i += 1) {                                                      \
      STEP(i);                                                                                   \
      UNROLL for (int p = i; p < pixels; p += 4) MEANWHILE(p);                                   \
    }                                                                                            \
    slab += 4 * pixels * elementBytes;                                                           \
    weights += 4 * channels;                                                                     \
  } while (0)
#define COPY(p)                                                                                  \
  do {                                                                                           \
    *(Vector *)(to + (p) * elementBytes) = *(const Vector *)(from + (p) * elementBytes);         \
    if (part == 0) __builtin_prefetch(from + ahead + (p) * elementBytes, 0, 2);                  \
  } while (0)
#define NOTHING(p)

    ptrdiff_t steps = tile->steps;
    int32_t copies = tile->copy.channels;
    const char *from = tile->copy.from + part * VECTOR_BYTES;
    char *to = tile->copy.to + part * VECTOR_BYTES;
    for (; copies > 0 && steps >= 4; copies -= 1, steps -= 4) {
      FOUR_STEPS(COPY);
      from += planeDistance;
      to += pixels * elementBytes;
    }
    for (; copies > 0; copies -= 1) {
      UNROLL for (int p = 0; p < pixels; p += 1) COPY(p);
      from += planeDistance;
      to += pixels * elementBytes;
    }
    for (; steps >= 4; steps -= 4) FOUR_STEPS(NOTHING);
    for (; steps > 0; steps -= 1) {
      STEP(0);
      slab += pixels * elementBytes;
      weights += channels;
    }
#undef STEP
#undef FOUR_STEPS
#undef COPY
#undef NOTHING

    endSums(sums, channels, pixels, tile->ending, target, channelDistance);
  }
}

typedef void (*FlatTileFunction)(const FlatTile *tile);

#define FLAT_TILE(K, P)                                                                          \
  static void flat_##K##_##P(const FlatTile *tile) { runFlatTile(tile, K, P); }
#define FLAT_ENTRY(K, P) [K][P] = flat_##K##_##P,
ALL_TILES(FLAT_TILE)
static const FlatTileFunction flatTiles[9][7] = {ALL_TILES(FLAT_ENTRY)};

/// Some channels at some pixels, which a slab holds.
typedef struct FlatPiece {
  int32_t channelBlock, firstChannel, channels;
  int32_t firstPixel, pixels;
} FlatPiece;

/// The pieces in order; behind the last one come empty ones.
static FlatPiece flatPiece(const Correlation *c, const FlatBlocks *b, int32_t index) {
  const int32_t pixelBlock = index / b->channelBlocks;
  FlatPiece piece = {.channelBlock = index % b->channelBlocks};
  piece.firstChannel = cut(c->sourceChannels, b->channelBlocks, piece.channelBlock);
  piece.channels =
      cut(c->sourceChannels, b->channelBlocks, piece.channelBlock + 1) - piece.firstChannel;
  piece.firstPixel = pixelBlock * b->pixels;
  piece.pixels = larger(0, smaller(b->pixels, c->rows * c->columns - piece.firstPixel));
  return piece;
}

/// Share `share` of `shares` of copying a piece's tile; nothing if it has fewer tiles.
ALWAYS_INLINE FlatCopy flatCopy(const Correlation *c, const FlatBlocks *b, const FlatPiece *piece,
                                const FlatPiece *next, const float *source, char *slab,
                                int32_t tile, int32_t share, int32_t shares) {
  const ptrdiff_t plane = (ptrdiff_t)c->rows * c->columns * elementBytes;
  const int32_t pixel = tile * b->tilePixels;
  if (pixel >= piece->pixels) return (FlatCopy){.from = (const char *)source, .to = slab};
  const int32_t first = cut(piece->channels, shares, share);
  FlatCopy copy = {
      .planeDistance = plane,
      .channels = cut(piece->channels, shares, share + 1) - first,
      .pixels = smaller(b->tilePixels, piece->pixels - pixel),
  };
  copy.from = (const char *)source + (piece->firstChannel + first) * plane +
              (ptrdiff_t)(piece->firstPixel + pixel) * elementBytes;
  copy.to = slab + ((ptrdiff_t)pixel * piece->channels + first * copy.pixels) * elementBytes;
  if (next->pixels > 0) {
    copy.ahead = (next->firstChannel - piece->firstChannel) * plane +
                 (ptrdiff_t)(next->firstPixel - piece->firstPixel) * elementBytes;
  }
  return copy;
}

static void copyAlone(const FlatCopy *copy) {
  for (int32_t channel = 0; channel < copy->channels; channel += 1) {
    const char *from = copy->from + channel * copy->planeDistance;
    char *to = copy->to + (ptrdiff_t)channel * copy->pixels * elementBytes;
    for (int32_t i = 0; i < copy->pixels; i += 1) {
      __builtin_prefetch(from + copy->ahead + i * elementBytes, 0, 2);
      memcpy(to + i * elementBytes, from + i * elementBytes, elementBytes);
    }
  }
}

static void runFlat(const Correlation *c, const float *packed, const float *bias, Ending ending,
                    const float *source, float *target, char *scratch) {
  const FlatBlocks b = flatBlocksOf(c);
  const int32_t tiles = channelTiles(c->targetChannels);
  const int32_t pieces = b.channelBlocks * b.pixelBlocks;
  const ptrdiff_t slabBytes = (ptrdiff_t)b.channels * b.pixels * elementBytes;
  FlatPiece piece = flatPiece(c, &b, 0), next = flatPiece(c, &b, 1);
  for (int32_t t = 0; t * b.tilePixels < piece.pixels; t += 1) {
    const FlatCopy copy = flatCopy(c, &b, &piece, &next, source, scratch, t, 0, 1);
    copyAlone(&copy);
  }
  for (int32_t index = 0; index < pieces; index += 1) {
    const FlatPiece afterNext = flatPiece(c, &b, index + 2);
    const char *slab = scratch + (index & 1) * slabBytes;
    char *nextSlab = scratch + (~index & 1) * slabBytes;
    FlatTile tile = {
        .weights = packed + (ptrdiff_t)piece.firstChannel * c->targetChannels,
        .steps = piece.channels,
        .targetChannelDistance = c->targetPlane * elementBytes,
        .targetPixelDistance = c->targetColumn * elementBytes,
        .continues = piece.channelBlock > 0,
        .ending = endingAfter(piece.channelBlock == b.channelBlocks - 1, ending),
    };
    // Each tile copies its share of one of the next piece's.
    int32_t copied = 0;
    for (int32_t k = 0; k < tiles; k += 1) {
      const int32_t firstTarget = cut(c->targetChannels, tiles, k);
      const int32_t channels = cut(c->targetChannels, tiles, k + 1) - firstTarget;
      tile.bias = bias ? bias + firstTarget : NULL;
      for (int32_t done = 0; done < piece.pixels; done += b.tilePixels, copied += 1) {
        const int32_t pixels = smaller(b.tilePixels, piece.pixels - done);
        tile.slab = slab + (ptrdiff_t)done * piece.channels * elementBytes;
        tile.target =
            (char *)(target + (c->targetStart + firstTarget * c->targetPlane +
                               (piece.firstPixel + done) * c->targetColumn) * laneCount);
        tile.copy = flatCopy(c, &b, &next, &afterNext, source, nextSlab, copied / tiles,
                             copied % tiles, tiles);
        if (tile.copy.pixels != pixels) {
          copyAlone(&tile.copy);
          tile.copy.channels = 0;
        }
        flatTiles[channels][pixels](&tile);
      }
      tile.weights += tile.steps * channels;
    }
    piece = next;
    next = afterNext;
  }
}
