// Convolutions as correlations: forward is one, the input's gradient one for each phase of the
// stride, for each group of channels.

static int32_t restOf(int32_t value, int32_t divisor) {
  const int32_t rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

static Correlation forwardCorrelation(const CKernels_Convolution *s) {
  return (Correlation){
      .sourceChannels = s->inputChannels / s->groups,
      .sourceHeight = s->inputHeight,
      .sourceWidth = s->inputWidth,
      .targetChannels = s->outputChannels / s->groups,
      .rows = s->outputHeight,
      .columns = s->outputWidth,
      .originY = -s->padTop,
      .originX = -s->padLeft,
      .stepY = s->strideY,
      .stepX = s->strideX,
      .tapRows = s->kernelHeight,
      .tapColumns = s->kernelWidth,
      .tapDistanceY = s->dilationY,
      .tapDistanceX = s->dilationX,
      .kernelStepY = 1,
      .kernelStepX = 1,
      .targetPlane = (ptrdiff_t)s->outputHeight * s->outputWidth,
      .targetRow = s->outputWidth,
      .targetColumn = 1,
  };
}

/// One axis of a phase of the input's gradient.
typedef struct Phase {
  int32_t first, count;              // positions first, first + stride, … of the input's gradient
  int32_t taps, firstKernel, kernelStep;
  int32_t origin, tapDistance;       // in the output's gradient
} Phase;

/// Output o reaches input i = o·stride − pad + κ·dilation. So the inputs with
/// (i + pad) mod stride = phase are reached by those κ with κ·dilation mod stride = phase, from
/// o = (i + pad − κ·dilation) / stride. Taps are taken from the last κ on, so that o ascends.
static Phase phaseOf(int32_t phase, int32_t length, int32_t kernel, int32_t stride,
                     int32_t dilation, int32_t pad) {
  Phase p = {0};
  p.first = restOf(phase - pad, stride);
  p.count = p.first < length ? (length - 1 - p.first) / stride + 1 : 0;
  for (int32_t kappa = 0; kappa < kernel; kappa += 1) {
    if (restOf(kappa * dilation - phase, stride) != 0) continue;
    if (p.taps > 0) p.kernelStep = p.firstKernel - kappa;
    p.firstKernel = kappa;
    p.taps += 1;
  }
  // Exact divisions, both of them.
  p.origin = (p.first + pad - p.firstKernel * dilation) / stride;
  p.tapDistance = -p.kernelStep * dilation / stride;
  return p;
}

static Correlation backwardCorrelation(const CKernels_Convolution *s, const Phase *y,
                                       const Phase *x) {
  return (Correlation){
      .sourceChannels = s->outputChannels / s->groups,
      .sourceHeight = s->outputHeight,
      .sourceWidth = s->outputWidth,
      .targetChannels = s->inputChannels / s->groups,
      .rows = y->count,
      .columns = x->count,
      .originY = y->origin,
      .originX = x->origin,
      .stepY = 1,
      .stepX = 1,
      .tapRows = y->taps,
      .tapColumns = x->taps,
      .tapDistanceY = y->tapDistance,
      .tapDistanceX = x->tapDistance,
      .firstKernelY = y->firstKernel,
      .kernelStepY = y->kernelStep,
      .firstKernelX = x->firstKernel,
      .kernelStepX = x->kernelStep,
      .targetPlane = (ptrdiff_t)s->inputHeight * s->inputWidth,
      .targetRow = (ptrdiff_t)s->strideY * s->inputWidth,
      .targetColumn = s->strideX,
      .targetStart = (ptrdiff_t)y->first * s->inputWidth + x->first,
  };
}

/// Walks over the phases of a backward convolution. `correlation` is meaningless where no tap
/// reaches the phase's pixels or there are none.
typedef struct PhaseWalk {
  int32_t y, x;
  Phase rows, columns;
  Correlation correlation;
} PhaseWalk;

static int nextPhase(const CKernels_Convolution *s, PhaseWalk *walk) {
  if (walk->y == s->strideY) return 0;
  walk->rows = phaseOf(walk->y, s->inputHeight, s->kernelHeight, s->strideY, s->dilationY,
                       s->padTop);
  walk->columns = phaseOf(walk->x, s->inputWidth, s->kernelWidth, s->strideX, s->dilationX,
                          s->padLeft);
  walk->correlation = backwardCorrelation(s, &walk->rows, &walk->columns);
  walk->x += 1;
  if (walk->x == s->strideX) {
    walk->x = 0;
    walk->y += 1;
  }
  return 1;
}

static int hasWork(const Correlation *c) {
  return c->tapRows > 0 && c->tapColumns > 0 && c->rows > 0 && c->columns > 0;
}

static size_t convolutionScratchBytes(const CKernels_Convolution *s,
                                      CKernels_Direction direction) {
  if (direction == CKernels_DirectionForward) {
    const Correlation c = forwardCorrelation(s);
    return correlationScratchBytes(&c);
  }
  size_t most = 0;
  for (PhaseWalk walk = {0}; nextPhase(s, &walk);) {
    if (!hasWork(&walk.correlation)) continue;
    const size_t bytes = correlationScratchBytes(&walk.correlation);
    if (bytes > most) most = bytes;
  }
  return most;
}

/// How many blocks the source channels of a forward convolution are cut into: convolutions that
/// differ in nothing but the map's size and agree in this have the same packed weights.
static int32_t convolutionChannelBlocks(const CKernels_Convolution *s) {
  const Correlation c = forwardCorrelation(s);
  return channelBlocks(&c);
}

static void packConvolution(const CKernels_Convolution *s, CKernels_Direction direction,
                            const float *weights, float *packed) {
  const int32_t inputs = s->inputChannels / s->groups, outputs = s->outputChannels / s->groups;
  const ptrdiff_t area = (ptrdiff_t)s->kernelHeight * s->kernelWidth;
  for (int32_t group = 0; group < s->groups; group += 1) {
    const float *own = weights + group * outputs * inputs * area;
    if (direction == CKernels_DirectionForward) {
      const Correlation c = forwardCorrelation(s);
      packCorrelation(&c, own, inputs * area, area, s->kernelWidth, packed);
      packed += outputs * inputs * area;
      continue;
    }
    for (PhaseWalk walk = {0}; nextPhase(s, &walk);) {
      const Correlation *c = &walk.correlation;
      if (!hasWork(c)) continue;
      packCorrelation(c, own, area, inputs * area, s->kernelWidth, packed);
      packed += (ptrdiff_t)outputs * inputs * c->tapRows * c->tapColumns;
    }
  }
}

/// Fills the pixels of a phase that no window reaches.
static void fillPhase(const Correlation *c, const float *bias, Ending ending, float *target) {
  for (int32_t channel = 0; channel < c->targetChannels; channel += 1) {
    const float addend = bias ? bias[channel] : 0;
    const Vector sum = (Vector){} + addend;
    const Vector value =
        ending.bounds ? heldBetween(sum, ending.bounds->low, ending.bounds->high) : sum;
    for (int32_t row = 0; row < c->rows; row += 1) {
      char *place = (char *)(target + (c->targetStart + channel * c->targetPlane +
                                       row * c->targetRow) * laneCount);
      for (int32_t column = 0; column < c->columns; column += 1) {
        UNROLL for (int part = 0; part < parts; part += 1) {
          store(value, place + part * VECTOR_BYTES, ending);
        }
        place += c->targetColumn * elementBytes;
      }
    }
  }
}

static void convolve(const CKernels_Convolution *s, CKernels_Direction direction,
                     const float *packed, const float *bias, const CKernels_Bounds *bounds,
                     const float *source, float *target, void *scratch) {
  const int32_t inputs = s->inputChannels / s->groups, outputs = s->outputChannels / s->groups;
  const ptrdiff_t inputElements = (ptrdiff_t)inputs * s->inputHeight * s->inputWidth;
  const ptrdiff_t outputElements = (ptrdiff_t)outputs * s->outputHeight * s->outputWidth;
  const ptrdiff_t area = (ptrdiff_t)s->kernelHeight * s->kernelWidth;
  const int isForward = direction == CKernels_DirectionForward;
  const Ending ending = endingOf(bounds, s->groups * (isForward ? outputElements : inputElements));
  for (int32_t group = 0; group < s->groups; group += 1) {
    if (isForward) {
      const Correlation c = forwardCorrelation(s);
      correlate(&c, packed, bias ? bias + group * outputs : NULL, ending, source, target, scratch);
      packed += outputs * inputs * area;
      source += inputElements * laneCount;
      target += outputElements * laneCount;
      continue;
    }
    const float *own = bias ? bias + group * inputs : NULL;
    for (PhaseWalk walk = {0}; nextPhase(s, &walk);) {
      const Correlation *c = &walk.correlation;
      if (hasWork(c)) {
        correlate(c, packed, own, ending, source, target, scratch);
        packed += (ptrdiff_t)outputs * inputs * c->tapRows * c->tapColumns;
      } else {
        fillPhase(c, own, ending, target);
      }
    }
    source += outputElements * laneCount;
    target += inputElements * laneCount;
  }
  finishStreaming(ending);
}
