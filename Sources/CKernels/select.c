#include "CKernels.h"

extern const CKernels_Table CKernels_tableAVX512, CKernels_tableAVX2, CKernels_tableNEON,
    CKernels_tablePlain;

const CKernels_Table *CKernels_select(CKernels_Variant variant) {
  switch (variant) {
#if defined(__x86_64__)
    case CKernels_VariantAVX512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                     __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                 ? &CKernels_tableAVX512
                 : NULL;
    case CKernels_VariantAVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &CKernels_tableAVX2
                                                                              : NULL;
    case CKernels_VariantNEON:
      return NULL;
#elif defined(__aarch64__)
    case CKernels_VariantAVX512:
    case CKernels_VariantAVX2:
      return NULL;
    case CKernels_VariantNEON:
      return &CKernels_tableNEON;
#else
    case CKernels_VariantAVX512:
    case CKernels_VariantAVX2:
    case CKernels_VariantNEON:
      return NULL;
#endif
    case CKernels_VariantPlain:
      return &CKernels_tablePlain;
  }
}
