// The gradient of a convolution's weights: for output channel k and (input channel, tap) t,
//
//   dW[k][t] += Σ over samples, pixels of dOutput[k][pixel] · input[pixel's window + t]
//
// A tile of some k and some t keeps one vector of sums each, a sum for every lane, while it walks
// over the pixels; the lanes are added up at the end, the active ones only.

#if REGISTERS == 32
enum { gradientChannels = 4, gradientTaps = 6 };
#else
enum { gradientChannels = 4, gradientTaps = 3 };
#endif

typedef struct GradientTile {
  const char *input[6];   // windows of the block's first pixel
  const char *output[4];  // the block's first pixel
  int32_t rows, columns;
  ptrdiff_t inputColumn, inputRow;  // bytes from pixel to pixel, and from row to row
  int32_t activeLanes;
  float *gradient[4];

  /// Memory that will be wanted by the next block: with each row some lines are fetched.
  const char *upcoming;
  ptrdiff_t upcomingBytes, upcomingBytesOfRow;
} GradientTile;

ALWAYS_INLINE void runGradientTile(const GradientTile *tile, const int channels, const int taps) {
  float totals[4][6] = {{0}};
  for (int part = 0; part < parts; part += 1) {
    Vector sums[4][6];
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int t = 0; t < taps; t += 1) sums[k][t] = (Vector){};
    }
    const char *input[6], *output[4];
    UNROLL for (int t = 0; t < taps; t += 1) input[t] = tile->input[t] + part * VECTOR_BYTES;
    UNROLL for (int k = 0; k < channels; k += 1) output[k] = tile->output[k] + part * VECTOR_BYTES;
    const ptrdiff_t columns = tile->columns, inputColumn = tile->inputColumn;
    ptrdiff_t place = 0;
    for (int32_t row = 0; row < tile->rows; row += 1) {
      ptrdiff_t from = row * tile->inputRow;
      if (part == 0) {
        const ptrdiff_t first = row * tile->upcomingBytesOfRow;
        const ptrdiff_t end = first + tile->upcomingBytesOfRow;
        for (ptrdiff_t i = first; i < end && i < tile->upcomingBytes; i += elementBytes) {
          __builtin_prefetch(tile->upcoming + i, 0, 2);
        }
      }
      _Pragma("clang loop unroll(disable)") for (ptrdiff_t column = 0; column < columns;
                                                 column += 1) {
        Vector x[6];
        UNROLL for (int t = 0; t < taps; t += 1) x[t] = *(const Vector *)(input[t] + from);
        UNROLL for (int k = 0; k < channels; k += 1) {
          const Vector d = *(const Vector *)(output[k] + place);
          UNROLL for (int t = 0; t < taps; t += 1) sums[k][t] += d * x[t];
        }
        from += inputColumn;
        place += elementBytes;
      }
    }
    const Mask active = activeMask(part, tile->activeLanes);
    UNROLL for (int k = 0; k < channels; k += 1) {
      UNROLL for (int t = 0; t < taps; t += 1) {
        totals[k][t] += sumOf((Vector)((Mask)sums[k][t] & active));
      }
    }
  }
  UNROLL for (int k = 0; k < channels; k += 1) {
    UNROLL for (int t = 0; t < taps; t += 1) tile->gradient[k][t] += totals[k][t];
  }
}

typedef void (*GradientTileFunction)(const GradientTile *tile);

#define GRADIENT_TILE(K, T)                                                                      \
  static void gradient_##K##_##T(const GradientTile *tile) { runGradientTile(tile, K, T); }
#define GRADIENT_ENTRY(K, T) [K][T] = gradient_##K##_##T,
#if REGISTERS == 32
#define GRADIENT_TAPS(M, K) M(K, 1) M(K, 2) M(K, 3) M(K, 4) M(K, 5) M(K, 6)
#else
#define GRADIENT_TAPS(M, K) M(K, 1) M(K, 2) M(K, 3)
#endif
#define ALL_GRADIENT_TILES(M)                                                                    \
  GRADIENT_TAPS(M, 1) GRADIENT_TAPS(M, 2) GRADIENT_TAPS(M, 3) GRADIENT_TAPS(M, 4)

ALL_GRADIENT_TILES(GRADIENT_TILE)
static const GradientTileFunction gradientTiles[5][7] = {ALL_GRADIENT_TILES(GRADIENT_ENTRY)};

/// The forward correlation with blocks that suit this product: enough pixels that adding up the
/// lanes does not matter, few enough that a block of both factors stays in the cache.
static Blocks gradientBlocksOf(const Correlation *c) {
  Blocks b = blocksOf(c);
  const int32_t extentY = b.slabRows - (b.rows - 1) * b.slabStepY;
  const int32_t rowsWanted = dividedUp(192, c->columns);
  b.rowBlocks = larger(1, c->rows / rowsWanted);
  b.rows = dividedUp(c->rows, b.rowBlocks);
  b.slabRows = (b.rows - 1) * b.slabStepY + extentY;
  b.slabPlane = (ptrdiff_t)b.slabRows * b.slabColumns;
  if (b.slabPlane % 64 == 0) b.slabPlane += 1;
  const int64_t planeBytes = (int64_t)b.slabPlane * elementBytes;
  int64_t channels = slabBytes / planeBytes;
  if (channels < 1) channels = 1;
  if (channels > c->sourceChannels) channels = c->sourceChannels;
  b.channelBlocks = dividedUp(c->sourceChannels, (int32_t)channels);
  b.channels = dividedUp(c->sourceChannels, b.channelBlocks);
  return b;
}

static size_t convolutionWeightGradientScratchBytes(const CKernels_Convolution *s) {
  const Correlation c = forwardCorrelation(s);
  const Blocks b = gradientBlocksOf(&c);
  const size_t taps = (size_t)c.tapRows * (size_t)c.tapColumns;
  return roundedToLine(taps * (size_t)b.channels * sizeof(int32_t)) +
         (size_t)b.channels * (size_t)b.slabPlane * elementBytes;
}

/// A stretch of some planes, walked over piece by piece.
typedef struct Stretch {
  const char *plane;
  ptrdiff_t planeDistance, bytes, place;
  int32_t planes;
} Stretch;

static ptrdiff_t bytesLeft(const Stretch *s) { return s->planes * s->bytes - s->place; }

/// Lets a tile fetch the next piece, at the most to the end of a plane.
static void takePiece(Stretch *s, ptrdiff_t bytes, GradientTile *tile) {
  tile->upcomingBytes = 0;
  if (s->planes == 0) return;
  const ptrdiff_t left = s->bytes - s->place;
  tile->upcoming = s->plane + s->place;
  tile->upcomingBytes = left < bytes ? left : bytes;
  tile->upcomingBytesOfRow =
      (tile->upcomingBytes / tile->rows + elementBytes) / elementBytes * elementBytes;
  s->place += tile->upcomingBytes;
  if (s->place == s->bytes) {
    s->place = 0;
    s->plane += s->planeDistance;
    s->planes -= 1;
  }
}

/// One block of rows and input channels, all output channels. Meanwhile the next block's part of the
/// input and of the output's gradient is fetched.
static void addBlockGradient(const BlockWork *work, int32_t activeLanes,
                             const float *outputGradient, ptrdiff_t gradientRow, float *gradient,
                             Stretch next[2]) {
  const Correlation *c = work->correlation;
  const Blocks *b = work->blocks;
  const int32_t taps = work->channels * c->tapRows * c->tapColumns;
  const int32_t tapTiles = dividedUp(taps, gradientTaps);
  const int32_t channelTileCount = dividedUp(c->targetChannels, gradientChannels);
  GradientTile tile = {
      .rows = work->rows,
      .columns = c->columns,
      .inputColumn = (ptrdiff_t)b->slabStepX * elementBytes,
      .inputRow = (ptrdiff_t)b->slabStepY * b->slabColumns * elementBytes,
      .activeLanes = activeLanes,
  };
  // A little more than its share for each tile, since pieces end with their planes.
  const ptrdiff_t piece =
      (bytesLeft(&next[0]) + bytesLeft(&next[1])) * 5 / 4 / (channelTileCount * tapTiles) /
          elementBytes * elementBytes + elementBytes;
  for (int32_t i = 0; i < channelTileCount; i += 1) {
    const int32_t first = cut(c->targetChannels, channelTileCount, i);
    const int32_t channels = cut(c->targetChannels, channelTileCount, i + 1) - first;
    for (int32_t k = 0; k < channels; k += 1) {
      tile.output[k] = (const char *)(outputGradient +
                                      ((first + k) * c->targetPlane +
                                       (ptrdiff_t)work->firstRow * c->columns) * laneCount);
    }
    for (int32_t j = 0; j < tapTiles; j += 1) {
      const int32_t firstTap = cut(taps, tapTiles, j);
      const int32_t tileTaps = cut(taps, tapTiles, j + 1) - firstTap;
      for (int32_t t = 0; t < tileTaps; t += 1) {
        tile.input[t] = work->slab + work->offsets[firstTap + t];
      }
      for (int32_t k = 0; k < channels; k += 1) {
        tile.gradient[k] = gradient + (first + k) * gradientRow + firstTap;
      }
      takePiece(next[0].planes > 0 ? &next[0] : &next[1], piece, &tile);
      gradientTiles[channels][tileTaps](&tile);
    }
  }
}

/// What the block after this one reads: its rows of the input, and of the output's gradient unless
/// they are the same.
static void listUpcoming(const Correlation *c, const Blocks *b, const float *input,
                         const float *outputGradient, int32_t rowBlock, int32_t channelBlock,
                         Stretch next[2]) {
  const Upcoming source = upcoming(c, b, input, rowBlock, channelBlock);
  next[0] = (Stretch){source.plane, source.planeDistance, source.bytes, 0, source.planes};
  next[1] = (Stretch){0};
  if (channelBlock + 1 < b->channelBlocks || rowBlock + 1 == b->rowBlocks) return;
  const int32_t first = cut(c->rows, b->rowBlocks, rowBlock + 1);
  const int32_t end = cut(c->rows, b->rowBlocks, rowBlock + 2);
  next[1] = (Stretch){
      .plane = (const char *)(outputGradient + (ptrdiff_t)first * c->columns * laneCount),
      .planeDistance = c->targetPlane * elementBytes,
      .bytes = (ptrdiff_t)(end - first) * c->columns * elementBytes,
      .planes = c->targetChannels,
  };
}

static void addBiasGradient(int32_t channels, ptrdiff_t plane, int32_t activeLanes,
                            const float *outputGradient, float *biasGradient) {
  for (int32_t channel = 0; channel < channels; channel += 1) {
    const char *place = (const char *)(outputGradient + channel * plane * laneCount);
    float total = 0;
    for (int part = 0; part < parts; part += 1) {
      // Four sums, since each addition waits for the one before.
      Vector sums[4] = {{0}};
      ptrdiff_t i = 0;
      for (; i + 3 < plane; i += 4) {
        UNROLL for (int n = 0; n < 4; n += 1) {
          sums[n] += *(const Vector *)(place + (i + n) * elementBytes + part * VECTOR_BYTES);
        }
      }
      for (; i < plane; i += 1) {
        sums[0] += *(const Vector *)(place + i * elementBytes + part * VECTOR_BYTES);
      }
      const Vector sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
      total += sumOf((Vector)((Mask)sum & activeMask(part, activeLanes)));
    }
    biasGradient[channel] += total;
  }
}

static void convolutionWeightGradient(const CKernels_Convolution *s, int32_t activeLanes,
                                      const float *input, const float *outputGradient,
                                      float *weightGradient, float *biasGradient, void *scratch) {
  const Correlation c = forwardCorrelation(s);
  const Blocks b = gradientBlocksOf(&c);
  const ptrdiff_t taps = (ptrdiff_t)c.tapRows * c.tapColumns;
  int32_t *offsets = scratch;
  char *slab = (char *)scratch + roundedToLine((size_t)taps * (size_t)b.channels * sizeof(int32_t));
  listOffsets(&c, &b, b.channels, offsets);
  if (biasGradient) {
    addBiasGradient(s->outputChannels, c.targetPlane, activeLanes, outputGradient, biasGradient);
  }
  for (int32_t group = 0; group < s->groups; group += 1) {
    for (int32_t rowBlock = 0; rowBlock < b.rowBlocks; rowBlock += 1) {
      const int32_t firstRow = cut(c.rows, b.rowBlocks, rowBlock);
      const int32_t rows = cut(c.rows, b.rowBlocks, rowBlock + 1) - firstRow;
      for (int32_t block = 0; block < b.channelBlocks; block += 1) {
        const int32_t first = cut(c.sourceChannels, b.channelBlocks, block);
        const int32_t channels = cut(c.sourceChannels, b.channelBlocks, block + 1) - first;
        fillSlab(&c, &b, input, first, channels, firstRow, rows, slab);
        const BlockWork work = {
            .correlation = &c,
            .blocks = &b,
            .slab = slab,
            .offsets = offsets,
            .channels = channels,
            .firstRow = firstRow,
            .rows = rows,
        };
        Stretch next[2];
        listUpcoming(&c, &b, input, outputGradient, rowBlock, block, next);
        addBlockGradient(&work, activeLanes, outputGradient, c.sourceChannels * taps,
                         weightGradient + first * taps, next);
      }
    }
    input += (ptrdiff_t)c.sourceChannels * c.sourceHeight * c.sourceWidth * laneCount;
    outputGradient += c.targetChannels * c.targetPlane * laneCount;
    weightGradient += c.targetChannels * c.sourceChannels * taps;
  }
}
