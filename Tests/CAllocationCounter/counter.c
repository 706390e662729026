#include "CAllocationCounter.h"

#include <features.h>
#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OWN_ALLOCATOR 1
#endif
#endif

static _Thread_local long count = 0;
static _Thread_local long held = 0;
static _Thread_local long peak = 0;

long CAllocationCounter_count(void) { return count; }

long CAllocationCounter_held(void) { return held; }

long CAllocationCounter_peak(void) { return peak; }

void CAllocationCounter_forgetPeak(void) { peak = held; }

#if defined(__GLIBC__) && !defined(HAS_OWN_ALLOCATOR)

#include <malloc.h>

int CAllocationCounter_isAvailable(void) { return 1; }

// glibc's own names of what is replaced here.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static void *counted(void *memory) {
  count++;
  if (memory) held += (long)malloc_usable_size(memory);
  if (held > peak) peak = held;
  return memory;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }

void *calloc(size_t number, size_t size) { return counted(__libc_calloc(number, size)); }

void *realloc(void *memory, size_t size) {
  long before = memory ? (long)malloc_usable_size(memory) : 0;
  void *moved = __libc_realloc(memory, size);
  if (moved || size == 0) held -= before;
  return counted(moved);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return counted(__libc_memalign(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  *memory = counted(__libc_memalign(alignment, size));
  return *memory == NULL ? 12 : 0;
}

void free(void *memory) {
  if (memory) held -= (long)malloc_usable_size(memory);
  __libc_free(memory);
}

#else

int CAllocationCounter_isAvailable(void) { return 0; }

#endif
