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

/// `a` where the mask is set, else `b`.
#define CHOSEN(mask, a, b) ((Vector)(((Mask)(a) & (mask)) | ((Mask)(b) & ~(mask))))

/// `x` between two bounds; NaN passes.
ALWAYS_INLINE Vector heldBetween(Vector x, float low, float high) {
  const Vector least = (Vector){} + low, greatest = (Vector){} + high;
  x = CHOSEN(x < least, least, x);
  return CHOSEN(x > greatest, greatest, x);
}

/// What becomes of a result: it is held between bounds, if there are any, and stored, past the caches
/// if it streams.
typedef struct Ending {
  const CKernels_Bounds *bounds;
  int32_t streams;
} Ending;

enum {
  /// So large a result will have left the caches by the time that it is read.
  streamedBytes = 4 * 1024 * 1024,
};

/// A register as wide as a line of the cache can be stored past the caches, which spares fetching
/// the line and twice as much traffic with memory; half a line cannot.
ALWAYS_INLINE Ending endingOf(const CKernels_Bounds *bounds, ptrdiff_t elements) {
  return (Ending){bounds, parts == 1 && elements >= streamedBytes / elementBytes};
}

/// The ending of a sum that other parts are still added to, or of the last.
ALWAYS_INLINE Ending endingAfter(int isLast, Ending ending) {
  return isLast ? ending : (Ending){0};
}

ALWAYS_INLINE void store(Vector value, char *place, Ending ending) {
  if (ending.streams) {
    // Between these the compiler does not make one ordinary store of both.
    __asm__ volatile("");
    __builtin_nontemporal_store(value, (Vector *)place);
    __asm__ volatile("");
  } else {
    *(Vector *)place = value;
  }
}

/// Lets other threads see what was streamed, in the order in which it happened.
ALWAYS_INLINE void finishStreaming(Ending ending) {
  if (ending.streams) __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

ALWAYS_INLINE int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
ALWAYS_INLINE int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }
ALWAYS_INLINE int32_t dividedUp(int32_t a, int32_t b) { return (a + b - 1) / b; }

/// Where piece `index` starts when `count` things are cut into `pieces` whose sizes differ by one at
/// the most.
ALWAYS_INLINE int32_t cut(int32_t count, int32_t pieces, int32_t index) {
  return (int32_t)((int64_t)count * index / pieces);
}

ALWAYS_INLINE size_t roundedToLine(size_t bytes) { return (bytes + 63) & ~(size_t)63; }
