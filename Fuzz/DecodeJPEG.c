// Any bytes to the JPEG decoder: it must end with a status, without a finding of the sanitizers and
// without a leak.

#include "Decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  CImageCodecsHeader header;
  CImageCodecsReport report = newReport();
  if (CImageCodecsInspectJPEG(bytes, count, limits, &header, &report) != CImageCodecsStatusOk) {
    return 0;
  }
  size_t size = sampleSize(&header);
  void *samples = malloc(size);
  CImageCodecsStatus status =
      CImageCodecsDecodeJPEG(bytes, count, limits, samples, size, &report);
  if (isUsable(status, &report, true)) touch(samples, size);
  free(samples);
  return 0;
}
