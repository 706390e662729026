// What every machine of the architecture can do, in vectors that the compiler may take apart.
#include <string.h>

#include "CKernels.h"

#define VARIANT_NAME Plain
#define VECTOR_BYTES 16
#define REGISTERS 16
#include "parts/all.h"
