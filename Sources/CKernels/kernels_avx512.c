// Thirty-two registers of sixteen floats: an element is a register.
#if defined(__x86_64__)
#include <string.h>

#include "CKernels.h"

#define VARIANT_NAME AVX512
#define VECTOR_BYTES 64
#define REGISTERS 32
#pragma clang attribute push(                                                                    \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma"))), apply_to = function)
#include "parts/all.h"
#pragma clang attribute pop
#endif
