// Multipliers between two inputs, for `SecantRule` of `Attribution`. Every variant gives the same bytes:
// nothing is contracted.

/// A vector that may begin at any float.
typedef float LooseVector __attribute__((vector_size(VECTOR_BYTES), may_alias, aligned(4)));

ALWAYS_INLINE Vector magnitudeOf(Vector x) { return (Vector)((Mask)x & 0x7FFFFFFF); }

/// (a⁺ − b⁺) / (a − b), and zero where both are zero.
ALWAYS_INLINE Vector rectifiedShare(Vector a, Vector b) {
#pragma clang fp contract(off)
  // a⁺ = (a + |a|) / 2, so that it is ½ (1 + (a + b) / (|a| + |b|)), where nothing cancels.
  const Vector size = magnitudeOf(a) + magnitudeOf(b);
  const Vector share = 0.5f + 0.5f * ((a + b) / size);
  return (Vector)((Mask)share & (size != 0.0f));
}

static void rectifierSecants(size_t elements, const float *here, const CKernels_OtherEnd *other,
                             const float *outputGradient, float *gradient) {
  const Vector *a = (const Vector *)here, *dy = (const Vector *)outputGradient;
  const LooseVector *b = (const LooseVector *)other->first;
  const LooseVector *last = (const LooseVector *)other->last;
  Vector *dx = (Vector *)gradient;
  const size_t count = elements * parts - parts;
  for (size_t i = 0; i < count; i += 1) dx[i] = dy[i] * rectifiedShare(a[i], b[i]);
  for (size_t i = 0; i < parts; i += 1) {
    dx[count + i] = dy[count + i] * rectifiedShare(a[count + i], last[i]);
  }
}

/// One step of the running maximum at both ends: what share of a change it passes on to the element
/// that is next.
ALWAYS_INLINE Vector maximumStep(Vector *here, Vector *there, Vector a, Vector b) {
  const Vector rise = a - *here, otherRise = b - *there;
  *here = CHOSEN(rise > 0.0f, a, *here);
  *there = CHOSEN(otherRise > 0.0f, b, *there);
  return rectifiedShare(rise, otherRise);
}

/// A row of windows. `last` holds the other end of the element that is the last of all, which is the
/// last of window `lastWindow`.
ALWAYS_INLINE void halvingSecantsRow(int32_t windows, ptrdiff_t row, const int isRectified,
                                     const char *here, const char *there, const char *last,
                                     int32_t lastWindow, const char *outputGradient,
                                     char *gradient) {
#pragma clang fp contract(off)
  for (int32_t x = 0; x < windows; x += 1) {
    const char *corner = x == lastWindow ? last : there + row + elementBytes;
    UNROLL for (int part = 0; part < parts; part += 1) {
      const ptrdiff_t p = part * VECTOR_BYTES;
      const ptrdiff_t q = p + elementBytes, r = p + row, s = q + row;
      Vector a = *(const Vector *)(here + p), b = *(const LooseVector *)(there + p);
      const Vector second = maximumStep(&a, &b, *(const Vector *)(here + q),
                                        *(const LooseVector *)(there + q));
      const Vector third = maximumStep(&a, &b, *(const Vector *)(here + r),
                                       *(const LooseVector *)(there + r));
      const Vector fourth = maximumStep(&a, &b, *(const Vector *)(here + s),
                                        *(const LooseVector *)(corner + p));
      Vector rest = *(const Vector *)(outputGradient + p);
      if (isRectified) rest *= rectifiedShare(a, b);
      *(Vector *)(gradient + s) = rest * fourth;
      rest -= rest * fourth;
      *(Vector *)(gradient + r) = rest * third;
      rest -= rest * third;
      *(Vector *)(gradient + q) = rest * second;
      *(Vector *)(gradient + p) = rest - rest * second;
    }
    here += 2 * elementBytes;
    there += 2 * elementBytes;
    gradient += 2 * elementBytes;
    outputGradient += elementBytes;
  }
}

static void halvingSecants(int32_t channels, int32_t height, int32_t width, int32_t isRectified,
                           const float *here, const CKernels_OtherEnd *other,
                           const float *outputGradient, float *gradient) {
  const ptrdiff_t row = (ptrdiff_t)width * elementBytes;
  const int32_t windows = width / 2;
  const char *a = (const char *)here, *b = (const char *)other->first;
  const char *last = (const char *)other->last, *dy = (const char *)outputGradient;
  char *dx = (char *)gradient;
  for (int32_t channel = 0; channel < channels; channel += 1) {
    for (int32_t y = 0; y + 1 < height; y += 2) {
      const int32_t isEnd = channel + 1 == channels && y + 2 == height && width % 2 == 0;
      const int32_t lastWindow = isEnd ? windows - 1 : -1;
      if (isRectified) {
        halvingSecantsRow(windows, row, 1, a, b, last, lastWindow, dy, dx);
      } else {
        halvingSecantsRow(windows, row, 0, a, b, last, lastWindow, dy, dx);
      }
      if (width % 2 == 1) {
        memset(dx + row - elementBytes, 0, elementBytes);
        memset(dx + 2 * row - elementBytes, 0, elementBytes);
      }
      a += 2 * row;
      b += 2 * row;
      dx += 2 * row;
      dy += windows * elementBytes;
    }
    if (height % 2 == 1) {
      memset(dx, 0, (size_t)row);
      a += row;
      b += row;
      dx += row;
    }
  }
}

static void addLaneSums(size_t elements, const float *weights, const float *source, float *sums) {
  const LooseVector *w = (const LooseVector *)weights;
  const Vector *x = (const Vector *)source;
  for (size_t i = 0; i < elements; i += 1, x += parts) {
    Vector value[parts];
    UNROLL for (int part = 0; part < parts; part += 1) {
      value[part] = (Vector)((Mask)(x[part] * w[part]) & (w[part] != 0.0f));
    }
    UNROLL for (int half = parts / 2; half > 0; half /= 2) {
      UNROLL for (int part = 0; part < half; part += 1) value[part] += value[part + half];
    }
    sums[i] += sumOf(value[0]);
  }
}
