// Thirty-two registers of four floats: an element is done in four parts. Part of every ARM64.
#if defined(__aarch64__)
#include <string.h>

#include "CKernels.h"

#define VARIANT_NAME NEON
#define VECTOR_BYTES 16
#define REGISTERS 32
#include "parts/all.h"
#endif
