// Any bytes to the JPEG decoder: it must end with a status, without a finding of the sanitizers and
// without a leak.

#include "Decode.h"

typedef struct {
  const uint8_t *samples;
  size_t rowSize;
} Stored;

static void compare(void *context, const uint8_t *rows, uint32_t first, uint32_t count) {
  const Stored *stored = context;
  const size_t size = count * stored->rowSize;
  touch(rows + size, 8);
  if (memcmp(stored->samples + first * stored->rowSize, rows, size) != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  CImageCodecsHeader header;
  CImageCodecsReport report = newReport();
  if (CImageCodecsInspectJPEG(bytes, count, limits, &header, &report) != CImageCodecsStatusOk) {
    return 0;
  }
  size_t size = sampleSize(&header);
  uint8_t *samples = calloc(size, 1);
  CImageCodecsStatus status =
      CImageCodecsDecodeJPEG(bytes, count, limits, samples, size, 1, NULL, &report);
  if (isUsable(status, &report, true)) touch(samples, size);

  // The same rows must come in bands, which read past their end as turning does.
  Stored stored = {.samples = samples, .rowSize = (size_t)header.width * header.channels};
  CImageCodecsBands bands = {.context = &stored, .take = compare};
  CImageCodecsStatus again =
      CImageCodecsDecodeJPEG(bytes, count, limits, samples, size, 1, &bands, &report);
  if (again != status) abort();
  free(samples);
  return 0;
}
