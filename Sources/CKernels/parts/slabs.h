// Correlations in general. The source's window of a block of rows and input channels is first copied
// into a slab with its border of zeros: it is then contiguous, fits the cache, and no loop below
// knows of borders.

/// How a correlation is cut so that its pieces stay in the caches.
typedef struct Blocks {
  int32_t channelBlocks, rowBlocks;
  int32_t channels, rows;  // the largest block's
  int32_t slabRows, slabColumns;
  ptrdiff_t slabPlane;  // elements from channel to channel
  int32_t lowestTapY, lowestTapX;
  int32_t slabStepY, slabStepX;
} Blocks;

enum {
  /// What the windows of one tile may take of the first-level cache.
  tileWindowBytes = 28 * 1024,
  /// What a slab may take of the second-level cache.
  slabBytes = 256 * 1024,
  /// What the sums of a block of rows may take of it while they wait for more channels.
  waitingSumsBytes = 384 * 1024,
};

static Blocks blocksOf(const Correlation *c) {
  Blocks b;
  const int32_t lastTapY = c->firstTapY + (c->tapRows - 1) * c->tapDistanceY;
  const int32_t lastTapX = c->firstTapX + (c->tapColumns - 1) * c->tapDistanceX;
  b.lowestTapY = smaller(c->firstTapY, lastTapY);
  b.lowestTapX = smaller(c->firstTapX, lastTapX);
  const int32_t extentY = larger(c->firstTapY, lastTapY) - b.lowestTapY + 1;
  const int32_t extentX = larger(c->firstTapX, lastTapX) - b.lowestTapX + 1;
  // A single tap needs none of the pixels that the steps jump over.
  b.slabStepY = c->tapRows == 1 ? 1 : c->stepY;
  b.slabStepX = c->tapColumns == 1 ? 1 : c->stepX;
  b.slabColumns = (c->columns - 1) * b.slabStepX + extentX;

  const int32_t pixels = tilePixels[largestChannelTile(c->targetChannels)];
  const int64_t windowPerChannel =
      (int64_t)c->tapRows * (c->tapColumns + (pixels - 1) * smaller(b.slabStepX, c->tapColumns)) *
      elementBytes;
  const int64_t rowBytes = (int64_t)b.slabColumns * elementBytes;
  // With few target channels a copied element is used little: rather more rows for each.
  const int32_t rowsWanted = c->targetChannels < 8 ? 8 : 2;
  const int32_t someRows = extentY + (smaller(c->rows, rowsWanted) - 1) * b.slabStepY;
  const int64_t fewest = smaller(c->sourceChannels, c->targetChannels < 8 ? 2 : 8);
  int64_t channels = tileWindowBytes / windowPerChannel;
  if (channels * someRows * rowBytes > slabBytes) channels = slabBytes / (someRows * rowBytes);
  if (channels < fewest) channels = fewest;
  if (channels > c->sourceChannels) channels = c->sourceChannels;
  b.channelBlocks = dividedUp(c->sourceChannels, (int32_t)channels);
  b.channels = dividedUp(c->sourceChannels, b.channelBlocks);

  int64_t rows = (slabBytes / (b.channels * rowBytes) - extentY) / b.slabStepY + 1;
  if (b.channelBlocks > 1) {
    const int64_t waiting = (int64_t)c->columns * c->targetChannels * elementBytes;
    if (rows * waiting > waitingSumsBytes) rows = waitingSumsBytes / waiting;
  }
  if (rows < 1) rows = 1;
  if (rows > c->rows) rows = c->rows;
  b.rowBlocks = dividedUp(c->rows, (int32_t)rows);
  b.rows = dividedUp(c->rows, b.rowBlocks);
  b.slabRows = (b.rows - 1) * b.slabStepY + extentY;
  b.slabPlane = (ptrdiff_t)b.slabRows * b.slabColumns;
  // Planes a multiple of 4 KB apart would all compete for the same lines of the cache.
  if (b.slabPlane % 64 == 0) b.slabPlane += 1;
  return b;
}

static size_t correlationScratchBytes(const Correlation *c) {
  if (isFlat(c)) return flatScratchBytes(c);
  const Blocks b = blocksOf(c);
  const size_t taps = (size_t)c->tapRows * (size_t)c->tapColumns;
  return roundedToLine(taps * (size_t)b.channels * sizeof(int32_t)) +
         (size_t)b.channels * (size_t)b.slabPlane * elementBytes;
}

/// Copies the source's window of some channels and rows, zeros where it reaches outside.
static void fillSlab(const Correlation *c, const Blocks *b, const float *source,
                     int32_t firstChannel, int32_t channels, int32_t firstRow, int32_t rows,
                     char *slab) {
  const int32_t extentY = b->slabRows - (b->rows - 1) * b->slabStepY;
  const int32_t slabRows = (rows - 1) * b->slabStepY + extentY;
  const int32_t sourceStepY = b->slabStepY == c->stepY ? 1 : c->stepY;
  const int32_t sourceStepX = b->slabStepX == c->stepX ? 1 : c->stepX;
  const int32_t top = c->originY + firstRow * c->stepY + b->lowestTapY;
  const int32_t left = c->originX + b->lowestTapX;
  // The slab's columns `inside..<outside` lie inside the source.
  const int32_t inside = smaller(b->slabColumns, left >= 0 ? 0 : dividedUp(-left, sourceStepX));
  const int32_t outside =
      larger(inside, left >= c->sourceWidth
                         ? 0
                         : smaller(b->slabColumns, dividedUp(c->sourceWidth - left, sourceStepX)));
  for (int32_t channel = 0; channel < channels; channel += 1) {
    const char *plane =
        (const char *)source + (ptrdiff_t)(firstChannel + channel) * c->sourceHeight *
                                   c->sourceWidth * elementBytes;
    char *target = slab + channel * b->slabPlane * elementBytes;
    for (int32_t row = 0; row < slabRows; row += 1, target += b->slabColumns * elementBytes) {
      const int32_t y = top + row * sourceStepY;
      if (y < 0 || y >= c->sourceHeight) {
        memset(target, 0, (size_t)b->slabColumns * elementBytes);
        continue;
      }
      const char *from = plane + (ptrdiff_t)y * c->sourceWidth * elementBytes;
      memset(target, 0, (size_t)inside * elementBytes);
      if (sourceStepX == 1) {
        memcpy(target + inside * elementBytes, from + (ptrdiff_t)(left + inside) * elementBytes,
               (size_t)(outside - inside) * elementBytes);
      } else {
        for (int32_t x = inside; x < outside; x += 1) {
          memcpy(target + x * elementBytes,
                 from + (ptrdiff_t)(left + x * sourceStepX) * elementBytes, elementBytes);
        }
      }
      memset(target + outside * elementBytes, 0,
             (size_t)(b->slabColumns - outside) * elementBytes);
    }
  }
}

/// Lists where each (channel, tap) of a block lies in the slab, seen from a pixel's window.
static void listOffsets(const Correlation *c, const Blocks *b, int32_t channels,
                        int32_t *offsets) {
  for (int32_t channel = 0; channel < channels; channel += 1) {
    for (int32_t i = 0; i < c->tapRows; i += 1) {
      for (int32_t j = 0; j < c->tapColumns; j += 1) {
        const int32_t y = c->firstTapY + i * c->tapDistanceY - b->lowestTapY;
        const int32_t x = c->firstTapX + j * c->tapDistanceX - b->lowestTapX;
        *offsets++ = (int32_t)((channel * b->slabPlane + (ptrdiff_t)y * b->slabColumns + x) *
                               elementBytes);
      }
    }
  }
}

/// What is the same for all tiles of a block.
typedef struct BlockWork {
  const Correlation *correlation;
  const Blocks *blocks;
  const char *slab;
  const int32_t *offsets;
  int32_t channels, firstRow, rows;
  const float *packed;
  const float *bias;
  int32_t continues;
  Ending ending;
  float *target;
} BlockWork;

/// What will be wanted after this block, brought near while this one is computed.
typedef struct Upcoming {
  const char *plane;
  ptrdiff_t planeDistance, bytes, place;
  int32_t planes;
} Upcoming;

/// Lets a tile of so many steps fetch the next stretch, or nothing new if all is on its way.
ALWAYS_INLINE void takeUpcoming(Upcoming *next, Tile *tile) {
  if (next->planes == 0) {
    tile->upcoming = tile->source[0];
    return;
  }
  tile->upcoming = next->plane + next->place;
  next->place += tile->steps * 32;
  if (next->place >= next->bytes) {
    next->place = 0;
    next->plane += next->planeDistance;
    next->planes -= 1;
  }
}

/// Runs all channel tiles on the pixels whose places the tile already has.
ALWAYS_INLINE void runChannelTiles(const BlockWork *work, Tile *tile, int32_t pixels,
                                   Upcoming *next) {
  const Correlation *c = work->correlation;
  const int32_t tiles = channelTiles(c->targetChannels);
  tile->weights = work->packed;
  int32_t done = 0;
  for (int32_t index = 0; index < tiles; index += 1) {
    const int32_t channels = cut(c->targetChannels, tiles, index + 1) - done;
    tile->bias = work->bias ? work->bias + done : NULL;
    takeUpcoming(next, tile);
    gatheredTiles[channels][pixels](tile);
    tile->weights += tile->steps * channels;
    done += channels;
    for (int32_t p = 0; p < pixels; p += 1) {
      tile->target[p] += channels * tile->targetChannelDistance;
    }
  }
}

/// Whether so few channels are asked for that tiles are rows of neighbouring pixels.
ALWAYS_INLINE int usesNeighbours(const Correlation *c, const Blocks *b) {
  return c->targetChannels <= 3 && neighbourPixels[c->targetChannels] > 0 && b->slabStepX == 1 &&
         c->columns > 1;
}

static void runBlock(const BlockWork *work, Upcoming *next) {
  const Correlation *c = work->correlation;
  const Blocks *b = work->blocks;
  Tile tile = {
      .targetChannelDistance = c->targetPlane * elementBytes,
      .weights = work->packed,
      .bias = work->bias,
      .steps = (ptrdiff_t)work->channels * c->tapRows * c->tapColumns,
      .offsets = work->offsets,
      .targetPixelDistance = c->targetColumn * elementBytes,
      .continues = work->continues,
      .ending = work->ending,
  };
  char *target = (char *)(work->target + c->targetStart * laneCount);
  const ptrdiff_t slabRow = (ptrdiff_t)b->slabStepY * b->slabColumns * elementBytes;
  const int32_t largest = largestChannelTile(c->targetChannels);
  if (usesNeighbours(c, b)) {
    // Few channels: many neighbouring pixels make up for it.
    const int32_t pieces = dividedUp(c->columns, neighbourPixels[largest]);
    for (int32_t row = 0; row < work->rows; row += 1) {
      for (int32_t piece = 0; piece < pieces; piece += 1) {
        const int32_t column = cut(c->columns, pieces, piece);
        const int32_t pixels = cut(c->columns, pieces, piece + 1) - column;
        tile.source[0] = work->slab + row * slabRow + column * elementBytes;
        tile.target[0] = target + ((work->firstRow + row) * c->targetRow +
                                   column * c->targetColumn) * elementBytes;
        takeUpcoming(next, &tile);
        neighbourTiles[largest][pixels](&tile);
      }
    }
    return;
  }
  const int32_t most = tilePixels[largest];
  const int32_t count = work->rows * c->columns;
  int32_t row = 0, column = 0;
  for (int32_t done = 0; done < count; done += most) {
    const int32_t pixels = smaller(most, count - done);
    for (int32_t p = 0; p < pixels; p += 1) {
      tile.source[p] =
          work->slab + row * slabRow + (ptrdiff_t)column * b->slabStepX * elementBytes;
      tile.target[p] = target + ((work->firstRow + row) * c->targetRow +
                                 column * c->targetColumn) * elementBytes;
      column += 1;
      if (column == c->columns) {
        column = 0;
        row += 1;
      }
    }
    runChannelTiles(work, &tile, pixels, next);
  }
}

/// The source's rows under a block.
static Upcoming upcoming(const Correlation *c, const Blocks *b, const float *source,
                         int32_t rowBlock, int32_t channelBlock) {
  channelBlock += 1;
  if (channelBlock == b->channelBlocks) {
    channelBlock = 0;
    rowBlock += 1;
  }
  if (rowBlock == b->rowBlocks) return (Upcoming){0};
  const int32_t first = cut(c->sourceChannels, b->channelBlocks, channelBlock);
  const int32_t end = cut(c->sourceChannels, b->channelBlocks, channelBlock + 1);
  const int32_t top = c->originY + b->lowestTapY + cut(c->rows, b->rowBlocks, rowBlock) * c->stepY;
  const int32_t from = larger(0, top);
  const int32_t to = smaller(c->sourceHeight, top + b->slabRows);
  if (from >= to) return (Upcoming){0};
  const ptrdiff_t row = (ptrdiff_t)c->sourceWidth * elementBytes;
  return (Upcoming){
      .plane = (const char *)source + ((ptrdiff_t)first * c->sourceHeight + from) * row,
      .planeDistance = c->sourceHeight * row,
      .bytes = (to - from) * row,
      .planes = end - first,
  };
}

static void correlate(const Correlation *c, const float *packed, const float *bias, Ending ending,
                      const float *source, float *target, void *scratch) {
  if (runRows(c, packed, bias, ending, source, target)) return;
  if (isFlat(c)) {
    runFlat(c, packed, bias, ending, source, target, scratch);
    return;
  }
  const Blocks b = blocksOf(c);
  const int32_t taps = c->tapRows * c->tapColumns;
  int32_t *offsets = scratch;
  char *slab = (char *)scratch + roundedToLine((size_t)taps * (size_t)b.channels * sizeof(int32_t));
  listOffsets(c, &b, b.channels, offsets);
  for (int32_t rowBlock = 0; rowBlock < b.rowBlocks; rowBlock += 1) {
    const int32_t firstRow = cut(c->rows, b.rowBlocks, rowBlock);
    const int32_t rows = cut(c->rows, b.rowBlocks, rowBlock + 1) - firstRow;
    for (int32_t channelBlock = 0; channelBlock < b.channelBlocks; channelBlock += 1) {
      const int32_t first = cut(c->sourceChannels, b.channelBlocks, channelBlock);
      const int32_t channels = cut(c->sourceChannels, b.channelBlocks, channelBlock + 1) - first;
      fillSlab(c, &b, source, first, channels, firstRow, rows, slab);
      const BlockWork work = {
          .correlation = c,
          .blocks = &b,
          .slab = slab,
          .offsets = offsets,
          .channels = channels,
          .firstRow = firstRow,
          .rows = rows,
          .packed = packed + (ptrdiff_t)first * taps * c->targetChannels,
          .bias = bias,
          .continues = channelBlock > 0,
          .ending = endingAfter(channelBlock == b.channelBlocks - 1, ending),
          .target = target,
      };
      Upcoming next = upcoming(c, &b, source, rowBlock, channelBlock);
      runBlock(&work, &next);
    }
  }
}

/// Into how many blocks the source channels are cut.
static int32_t channelBlocks(const Correlation *c) {
  return isFlat(c) ? flatBlocksOf(c).channelBlocks : blocksOf(c).channelBlocks;
}

/// Brings the weights of a correlation into the order in which its tiles read them. The weight of
/// target channel k, source channel c and a place in the kernel is at
/// `k · targetDistance + c · sourceDistance + y · kernelWidth + x`.
static void packCorrelation(const Correlation *c, const float *weights,
                            ptrdiff_t targetDistance, ptrdiff_t sourceDistance,
                            int32_t kernelWidth, float *packed) {
  const int32_t tiles = channelTiles(c->targetChannels), blocks = channelBlocks(c);
  for (int32_t block = 0; block < blocks; block += 1) {
    const int32_t first = cut(c->sourceChannels, blocks, block);
    const int32_t end = cut(c->sourceChannels, blocks, block + 1);
    for (int32_t tile = 0; tile < tiles; tile += 1) {
      const int32_t firstTarget = cut(c->targetChannels, tiles, tile);
      const int32_t endTarget = cut(c->targetChannels, tiles, tile + 1);
      for (int32_t channel = first; channel < end; channel += 1) {
        for (int32_t i = 0; i < c->tapRows; i += 1) {
          for (int32_t j = 0; j < c->tapColumns; j += 1) {
            const float *place = weights + channel * sourceDistance +
                                 (ptrdiff_t)(c->firstKernelY + i * c->kernelStepY) * kernelWidth +
                                 c->firstKernelX + j * c->kernelStepX;
            for (int32_t k = firstTarget; k < endTarget; k += 1) {
              *packed++ = place[k * targetDistance];
            }
          }
        }
      }
    }
  }
}
