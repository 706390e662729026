// Activations of one variable, whole values at a time.

/// `eˣ` to a few units in the last place for −87 ≤ x ≤ 88.3, as at −87 below and infinite above: the
/// polynomial of `Vector.exp()` in `Tensors`.
ALWAYS_INLINE Vector exponential(Vector x) {
  const Vector shift = (Vector){} + 0x1.8p23f;
  x = heldBetween(x, -87, 89);
  const Vector shifted = x * 0x1.715476p0f + shift;
  const Vector n = shifted - shift;
  const Vector r = (x - n * 0x1.63p-1f) - n * -0x1.bd0106p-13f;
  Vector q = r * 0x1.6db422p-10f + 0x1.123b56p-7f;
  q = q * r + 0x1.55545ep-5f;
  q = q * r + 0x1.55548ep-3f;
  q = q * r + 0.5f;
  const Vector value = 1.0f + (r + r * r * q);
  const Mask power = ((Mask)shifted - (Mask)shift + 127) << 23;
  return value * (Vector)power;
}

ALWAYS_INLINE Vector sigmoidOf(Vector x) { return 1.0f / (1.0f + exponential(-x)); }

static void activate(CKernels_Activation kind, float low, float high, size_t elements,
                     const float *source, float *target) {
  const Vector *x = (const Vector *)source;
  Vector *y = (Vector *)target;
  const size_t count = elements * parts;
  switch (kind) {
    case CKernels_ActivationSigmoid:
      for (size_t i = 0; i < count; i += 1) y[i] = sigmoidOf(x[i]);
      return;
    case CKernels_ActivationSiLU:
      for (size_t i = 0; i < count; i += 1) y[i] = x[i] * sigmoidOf(x[i]);
      return;
    case CKernels_ActivationHardSwish:
      for (size_t i = 0; i < count; i += 1) {
        y[i] = x[i] * heldBetween(x[i] * (1.0f / 6) + 0.5f, 0, 1);
      }
      return;
    case CKernels_ActivationClip:
      for (size_t i = 0; i < count; i += 1) y[i] = heldBetween(x[i], low, high);
      return;
  }
}

static void siluGradient(size_t elements, const float *source, const float *outputGradient,
                         float *gradient) {
  const Vector *x = (const Vector *)source, *dy = (const Vector *)outputGradient;
  Vector *dx = (Vector *)gradient;
  for (size_t i = 0; i < elements * parts; i += 1) {
    const Vector s = sigmoidOf(x[i]);
    dx[i] = dy[i] * (s * (1.0f + x[i] * (1.0f - s)));
  }
}

static void rectifierGradient(size_t elements, const float *result, const float *outputGradient,
                              float *gradient) {
  const Vector *y = (const Vector *)result, *dy = (const Vector *)outputGradient;
  Vector *dx = (Vector *)gradient;
  const Vector one = (Vector){} + 1.0f;
  for (size_t i = 0; i < elements * parts; i += 1) {
    dx[i] = dy[i] * (Vector)((Mask)one & (y[i] > 0.0f));
  }
}
