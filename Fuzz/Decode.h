// What both decoders' fuzz targets share.

#include <stdlib.h>
#include <string.h>

#include "CImageCodecs.h"

/// Small enough that every input is quick, large enough that allocations of all kinds occur.
static const CImageCodecsLimits limits = {.pixels = 1 << 16, .bytes = 1 << 21};

static inline CImageCodecsReport newReport(void) {
  static char message[256];
  return (CImageCodecsReport){.message = message, .messageCapacity = sizeof message};
}

static inline size_t sampleSize(const CImageCodecsHeader *header) {
  return (size_t)header->width * header->height * header->channels * header->bytesPerSample;
}

/// Whether the Swift side would take the samples, so that all of them must have been written.
static inline bool isUsable(CImageCodecsStatus status, const CImageCodecsReport *report,
                            bool lenient) {
  return status == CImageCodecsStatusOk || (lenient && report->isPartial);
}

/// Reads every byte.
static inline void touch(const void *bytes, size_t count) {
  static volatile uint8_t sum;
  for (size_t index = 0; index < count; index += 1) sum += ((const uint8_t *)bytes)[index];
}
