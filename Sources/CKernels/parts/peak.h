// Nothing but multiply-adds that do not wait for each other.

static double peak(int64_t rounds) {
#if REGISTERS == 32
  enum { chains = 20 };
#else
  enum { chains = 12 };
#endif
  Vector sums[chains];
  UNROLL for (int i = 0; i < chains; i += 1) sums[i] = (Vector){} + (float)i;
  Vector factor = (Vector){} + 0.999f, term = (Vector){} + 0.001f;
  for (int64_t round = 0; round < rounds; round += 1) {
    UNROLL for (int i = 0; i < chains; i += 1) sums[i] = sums[i] * factor + term;
  }
  Vector total = (Vector){};
  UNROLL for (int i = 0; i < chains; i += 1) total += sums[i];
  // The result is used, or the loop would be nothing to the compiler.
  volatile float used = sumOf(total);
  (void)used;
  return 2.0 * vectorFloats * chains * (double)rounds;
}
