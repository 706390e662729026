// Batch normalisation of one channel in training: the sums that its statistics and gradients are made
// of, and what is done with them. It moves more memory than it computes, so that each function goes
// over its elements once.
//
// Sums are made in blocks of 64 elements, each in order, and the blocks' added up in order as
// `double`: the error of a long sum then grows with the number of blocks. Products and sums are not
// contracted, so that every instruction set gives the same numbers.

/// A whole element, in as many registers as it takes; handed on by its place, since not every variant
/// has registers to hand it on in.
typedef float Element __attribute__((vector_size(64), may_alias));
typedef int32_t ElementMask __attribute__((vector_size(64), may_alias));

/// `a` where the mask is set, else `b`.
#define CHOSEN_ELEMENT(mask, a, b)                                                               \
  ((Element)(((ElementMask)(a) & (mask)) | ((ElementMask)(b) & ~(mask))))

enum {
  sumBlock = 64,
  /// Neighbouring blocks whose sums are made side by side, since each addition waits for the one before.
  blocksAtOnce = VECTOR_BYTES == 64 ? 2 : 1,
};

/// The sum of the active lanes, in a fixed tree.
ALWAYS_INLINE float sumOfActive(const Element *sums, int32_t activeLanes) {
  typedef float Eight __attribute__((vector_size(32)));
  typedef float Four __attribute__((vector_size(16)));
  ElementMask lanes;
  UNROLL for (int i = 0; i < laneCount; i += 1) lanes[i] = i;
  const Element v = (Element)((ElementMask)*sums & (lanes < activeLanes));
  const Eight eight = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                      __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
  const Four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                    __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

/// Two sums over blocks of a channel's elements.
typedef struct PairOfSums {
  Element first[2], second[2];
} PairOfSums;

ALWAYS_INLINE PairOfSums momentsOfBlocks(const Element *x, ptrdiff_t length, const int blocks,
                                         float center) {
#pragma clang fp contract(off)
  PairOfSums sums = {0};
  for (ptrdiff_t i = 0; i < length; i += 1) {
    UNROLL for (int b = 0; b < blocks; b += 1) {
      const Element distance = x[b * sumBlock + i] - center;
      sums.first[b] += distance;
      sums.second[b] += distance * distance;
    }
  }
  return sums;
}

ALWAYS_INLINE void addSums(const PairOfSums *sums, const int blocks, int32_t activeLanes,
                           double totals[2]) {
  UNROLL for (int b = 0; b < blocks; b += 1) {
    totals[0] += (double)sumOfActive(&sums->first[b], activeLanes);
    totals[1] += (double)sumOfActive(&sums->second[b], activeLanes);
  }
}

static void channelMoments(size_t elements, int32_t activeLanes, float center,
                           const float *source, double totals[2]) {
  const Element *x = (const Element *)source;
  const ptrdiff_t count = (ptrdiff_t)elements;
  ptrdiff_t i = 0;
  totals[0] = totals[1] = 0;
  for (; i + blocksAtOnce * sumBlock <= count; i += blocksAtOnce * sumBlock) {
    const PairOfSums sums = momentsOfBlocks(x + i, sumBlock, blocksAtOnce, center);
    addSums(&sums, blocksAtOnce, activeLanes, totals);
  }
  for (; i < count; i += sumBlock) {
    const PairOfSums sums =
        momentsOfBlocks(x + i, count - i < sumBlock ? count - i : sumBlock, 1, center);
    addSums(&sums, 1, activeLanes, totals);
  }
}

/// The normalised value of `x`.
#define NORMALIZED(n, x) (((x) - (n)->mean) * (n)->reciprocal * (n)->scale + (n)->bias)

static void normalize(const CKernels_Normalization *n, const CKernels_Bounds *bounds,
                      size_t elements, const float *source, float *target) {
#pragma clang fp contract(off)
  const Element *x = (const Element *)source;
  Element *y = (Element *)target;
  if (!bounds) {
    for (size_t i = 0; i < elements; i += 1) y[i] = NORMALIZED(n, x[i]);
    return;
  }
  const Element low = (Element){} + bounds->low, high = (Element){} + bounds->high;
  for (size_t i = 0; i < elements; i += 1) {
    Element value = NORMALIZED(n, x[i]);
    value = CHOSEN_ELEMENT(value < low, low, value);
    y[i] = CHOSEN_ELEMENT(value > high, high, value);
  }
}

/// The gradient of the normalised value: where a ReLU comes after it, that of the ReLU's input.
#define GRADIENT_BEFORE(n, isRectified, x, dy)                                                    \
  ((isRectified) ? (dy) * (Element)((ElementMask)((Element){} + 1.0f) & (NORMALIZED(n, x) > 0.0f)) \
                 : (dy))

ALWAYS_INLINE PairOfSums gradientsOfBlocks(const CKernels_Normalization *n, const int isRectified,
                                           const Element *x, const Element *dy, ptrdiff_t length,
                                           const int blocks) {
#pragma clang fp contract(off)
  PairOfSums sums = {0};
  for (ptrdiff_t i = 0; i < length; i += 1) {
    UNROLL for (int b = 0; b < blocks; b += 1) {
      const Element input = x[b * sumBlock + i];
      const Element gradient = GRADIENT_BEFORE(n, isRectified, input, dy[b * sumBlock + i]);
      sums.first[b] += gradient;
      sums.second[b] += gradient * (input - n->mean);
    }
  }
  return sums;
}

ALWAYS_INLINE void sumGradients(const CKernels_Normalization *n, const int isRectified,
                                ptrdiff_t count, int32_t activeLanes, const Element *x,
                                const Element *dy, double totals[2]) {
  ptrdiff_t i = 0;
  totals[0] = totals[1] = 0;
  for (; i + blocksAtOnce * sumBlock <= count; i += blocksAtOnce * sumBlock) {
    const PairOfSums sums =
        gradientsOfBlocks(n, isRectified, x + i, dy + i, sumBlock, blocksAtOnce);
    addSums(&sums, blocksAtOnce, activeLanes, totals);
  }
  for (; i < count; i += sumBlock) {
    const PairOfSums sums = gradientsOfBlocks(n, isRectified, x + i, dy + i,
                                              count - i < sumBlock ? count - i : sumBlock, 1);
    addSums(&sums, 1, activeLanes, totals);
  }
}

static void normalizationGradientSums(const CKernels_Normalization *n, int32_t isRectified,
                                      size_t elements, int32_t activeLanes, const float *source,
                                      const float *outputGradient, double totals[2]) {
  const Element *x = (const Element *)source, *dy = (const Element *)outputGradient;
  if (isRectified) {
    sumGradients(n, 1, (ptrdiff_t)elements, activeLanes, x, dy, totals);
  } else {
    sumGradients(n, 0, (ptrdiff_t)elements, activeLanes, x, dy, totals);
  }
}

ALWAYS_INLINE void spreadGradient(const CKernels_Normalization *n, const int isRectified,
                                  float dMean, float dSlope, size_t count, const Element *x,
                                  const Element *dy, Element *dx) {
#pragma clang fp contract(off)
  const float slope = n->scale * n->reciprocal;
  for (size_t i = 0; i < count; i += 1) {
    const Element direct = GRADIENT_BEFORE(n, isRectified, x[i], dy[i]) - dMean;
    const Element throughVariance = (x[i] - n->mean) * n->reciprocal * dSlope;
    dx[i] = (direct - throughVariance) * slope;
  }
}

static void normalizationGradient(const CKernels_Normalization *n, int32_t isRectified,
                                  float dMean, float dSlope, size_t elements, const float *source,
                                  const float *outputGradient, float *gradient) {
  const Element *x = (const Element *)source, *dy = (const Element *)outputGradient;
  if (isRectified) {
    spreadGradient(n, 1, dMean, dSlope, elements, x, dy, (Element *)gradient);
  } else {
    spreadGradient(n, 0, dMean, dSlope, elements, x, dy, (Element *)gradient);
  }
}
