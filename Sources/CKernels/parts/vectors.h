// What every part is written in: vectors of one variant's width. A variant defines, before it
// includes this,
//   VECTOR_BYTES     the width of a register: 64, 32 or 16
//   REGISTERS        how many there are: 32 or 16

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

/// One register. A vector of the narrower variants is a *part* of an element.
typedef float Vector __attribute__((vector_size(VECTOR_BYTES), may_alias));
typedef int32_t Mask __attribute__((vector_size(VECTOR_BYTES), may_alias));

enum {
  laneCount = 16,
  elementBytes = laneCount * 4,
  vectorFloats = VECTOR_BYTES / 4,
  parts = elementBytes / VECTOR_BYTES,
};

/// `max(0, x)` that lets NaN through.
#define RECTIFIED(x) ((Vector)((Mask)(x) & ~((x) < 0.0f)))

ALWAYS_INLINE int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
ALWAYS_INLINE int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
ALWAYS_INLINE int32_t dividedUp(int32_t a, int32_t b) { return (a + b - 1) / b; }

/// Where piece `index` starts when `count` things are cut into `pieces` whose sizes differ by one at
/// the most.
ALWAYS_INLINE int32_t cut(int32_t count, int32_t pieces, int32_t index) {
  return (int32_t)((int64_t)count * index / pieces);
}

ALWAYS_INLINE size_t roundedToLine(size_t bytes) { return (bytes + 63) & ~(size_t)63; }
