// Sixteen registers of eight floats: an element is done in two parts.
#if defined(__x86_64__)
#include <string.h>

#include "CKernels.h"

#define VARIANT_NAME AVX2
#define VECTOR_BYTES 32
#define REGISTERS 16
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "parts/all.h"
#pragma clang attribute pop
#endif
