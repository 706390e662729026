// Dense layers: a tile's pixels are the groups of a batch, so that a weight is read once for up to
// four groups of sixteen samples.

enum {
  /// So many inputs of four groups fit the first-level cache.
  denseBlock = 128,
  denseChannels = 6,
  denseGroups = REGISTERS == 32 ? 4 : 2,
};

typedef struct DenseSizes {
  int32_t sources, targets, blocks, tiles;
} DenseSizes;

ALWAYS_INLINE DenseSizes denseSizes(int32_t inputs, int32_t outputs,
                                    CKernels_Direction direction) {
  const int isForward = direction == CKernels_DirectionForward;
  DenseSizes d = {isForward ? inputs : outputs, isForward ? outputs : inputs, 0, 0};
  d.blocks = dividedUp(d.sources, denseBlock);
  d.tiles = dividedUp(d.targets, denseChannels);
  return d;
}

static void packDense(int32_t inputs, int32_t outputs, CKernels_Direction direction,
                      const float *weights, float *packed) {
  const DenseSizes d = denseSizes(inputs, outputs, direction);
  const int isForward = direction == CKernels_DirectionForward;
  const ptrdiff_t targetDistance = isForward ? inputs : 1, sourceDistance = isForward ? 1 : inputs;
  for (int32_t block = 0; block < d.blocks; block += 1) {
    for (int32_t tile = 0; tile < d.tiles; tile += 1) {
      const int32_t end = cut(d.targets, d.tiles, tile + 1);
      for (int32_t i = cut(d.sources, d.blocks, block); i < cut(d.sources, d.blocks, block + 1);
           i += 1) {
        for (int32_t k = cut(d.targets, d.tiles, tile); k < end; k += 1) {
          *packed++ = weights[k * targetDistance + i * sourceDistance];
        }
      }
    }
  }
}

static void dense(int32_t inputs, int32_t outputs, CKernels_Direction direction,
                  const float *packed, const float *bias, const CKernels_Bounds *bounds,
                  int32_t groupCount, const float *const *sources, float *const *targets) {
  const DenseSizes d = denseSizes(inputs, outputs, direction);
  for (int32_t firstGroup = 0; firstGroup < groupCount; firstGroup += denseGroups) {
    const int32_t groups = smaller(denseGroups, groupCount - firstGroup);
    const float *weights = packed;
    for (int32_t block = 0; block < d.blocks; block += 1) {
      const int32_t first = cut(d.sources, d.blocks, block);
      Tile tile = {
          .targetChannelDistance = elementBytes,
          .steps = cut(d.sources, d.blocks, block + 1) - first,
          .stepDistance = elementBytes,
          .continues = block > 0,
          .ending = endingAfter(block == d.blocks - 1, (Ending){.bounds = bounds}),
      };
      for (int32_t g = 0; g < groups; g += 1) {
        tile.source[g] = (const char *)(sources[firstGroup + g] + (ptrdiff_t)first * laneCount);
        tile.target[g] = (char *)targets[firstGroup + g];
      }
      for (int32_t index = 0; index < d.tiles; index += 1) {
        const int32_t done = cut(d.targets, d.tiles, index);
        const int32_t channels = cut(d.targets, d.tiles, index + 1) - done;
        tile.weights = weights;
        tile.bias = bias ? bias + done : NULL;
        weights += tile.steps * channels;
        tile.upcoming = (const char *)weights;
        (groups == 1 ? loneTiles[channels] : stridedTiles[channels][groups])(&tile);
        for (int32_t g = 0; g < groups; g += 1) tile.target[g] += channels * elementBytes;
      }
    }
  }
}

static size_t denseWeightGradientScratchBytes(int32_t inputs, int32_t outputs) {
  return ((size_t)dividedUp(inputs, laneCount) + (size_t)dividedUp(outputs, laneCount)) *
         laneCount * elementBytes;
}

/// Turns elements (a vector of samples for each feature) into sixteen rows of features, one for each
/// sample: blocks of 16 x 16, so that `turned[block][sample][feature]`.
static void turn(const float *elements, int32_t count, float *turned) {
  for (int32_t first = 0; first < count; first += laneCount, turned += laneCount * laneCount) {
    const int32_t features = smaller(laneCount, count - first);
    for (int32_t lane = 0; lane < laneCount; lane += 1) {
      for (int32_t i = 0; i < features; i += 1) {
        turned[lane * laneCount + i] = elements[(ptrdiff_t)(first + i) * laneCount + lane];
      }
    }
  }
}

/// dW[o][i] += Σ over samples of dOutput[o] · input[i]. The sum runs over lanes, so both factors are
/// turned: then a vector holds sixteen inputs, and inactive lanes are steps that are not taken.
static void denseWeightGradient(int32_t inputs, int32_t outputs, int32_t activeLanes,
                                const float *input, const float *outputGradient,
                                float *weightGradient, float *biasGradient, void *scratch) {
  float *turnedInput = scratch;
  float *turnedOutput =
      turnedInput + (ptrdiff_t)dividedUp(inputs, laneCount) * laneCount * laneCount;
  turn(input, inputs, turnedInput);
  turn(outputGradient, outputs, turnedOutput);
  if (biasGradient) addBiasGradient(outputs, 1, activeLanes, outputGradient, biasGradient);
  typedef float Loose __attribute__((vector_size(VECTOR_BYTES), aligned(4), may_alias));
  enum { rows = 8 };
  for (int32_t first = 0; first < outputs; first += rows) {
    const int32_t count = smaller(rows, outputs - first);
    for (int32_t i = 0; i < inputs; i += vectorFloats) {
      const float *x = turnedInput + (ptrdiff_t)(i / laneCount) * laneCount * laneCount +
                       i % laneCount;
      Vector sums[rows] = {{0}};
      for (int32_t lane = 0; lane < activeLanes; lane += 1) {
        const Vector features = *(const Vector *)(x + lane * laneCount);
        UNROLL for (int k = 0; k < rows; k += 1) {
          const int32_t o = smaller(first + k, outputs - 1);
          sums[k] += turnedOutput[(ptrdiff_t)(o / laneCount) * laneCount * laneCount +
                                  lane * laneCount + o % laneCount] *
                     features;
        }
      }
      for (int32_t k = 0; k < count; k += 1) {
        float *row = weightGradient + (ptrdiff_t)(first + k) * inputs + i;
        if (i + vectorFloats <= inputs) {
          *(Loose *)row += sums[k];
        } else {
          for (int32_t n = 0; n < inputs - i; n += 1) row[n] += sums[k][n];
        }
      }
    }
  }
}
