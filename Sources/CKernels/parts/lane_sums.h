// Sums over the samples of a group, of which only the first few may be real.

/// All ones in the lanes of a part that hold a sample.
ALWAYS_INLINE Mask activeMask(int part, int32_t activeLanes) {
  Mask lanes;
  UNROLL for (int i = 0; i < vectorFloats; i += 1) lanes[i] = part * vectorFloats + i;
  return lanes < activeLanes;
}

/// The sum of a register's floats, in a fixed tree.
ALWAYS_INLINE float sumOf(Vector v) {
  typedef float Four __attribute__((vector_size(16)));
#if VECTOR_BYTES > 16
  typedef float Eight __attribute__((vector_size(32)));
#endif
#if VECTOR_BYTES == 64
  const Eight eight = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
                      __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
#elif VECTOR_BYTES == 32
  const Eight eight = v;
#endif
#if VECTOR_BYTES > 16
  const Four four = __builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                    __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
#else
  const Four four = v;
#endif
  return (four[0] + four[2]) + (four[1] + four[3]);
}
