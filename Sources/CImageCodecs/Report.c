#include "Report.h"

#include <stdlib.h>
#include <string.h>

void CImageCodecs_clearReport(CImageCodecsReport *report) {
  char *message = report->message;
  size_t capacity = report->messageCapacity;
  memset(report, 0, sizeof *report);
  report->message = message;
  report->messageCapacity = capacity;
  if (capacity > 0) message[0] = 0;
}

void CImageCodecs_keepMessage(CImageCodecsReport *report, const char *message) {
  if (report->messageCapacity == 0) return;
  size_t length = strnlen(message, report->messageCapacity - 1);
  memcpy(report->message, message, length);
  report->message[length] = 0;
}

void CImageCodecs_keepComplaint(CImageCodecsReport *report, const char *message) {
  if (report->complaints == 0) CImageCodecs_keepMessage(report, message);
  report->complaints += 1;
}

uint64_t CImageCodecs_decodedSize(const CImageCodecsHeader *header) {
  return (uint64_t)header->width * header->height * header->channels * header->bytesPerSample;
}

CImageCodecsStatus CImageCodecs_checkLimits(const CImageCodecsHeader *header,
                                            CImageCodecsLimits limits) {
  // Sides are below 2^32 and a pixel has at most 8 bytes, but their product may pass 2^64: the
  // pixels are held against their limit first, and the bytes by division.
  uint64_t pixels = (uint64_t)header->width * header->height;
  if (pixels > limits.pixels) return CImageCodecsStatusTooManyPixels;
  uint64_t pixelSize = (uint64_t)header->channels * header->bytesPerSample;
  if (pixels > limits.bytes / pixelSize || pixels > SIZE_MAX / pixelSize) {
    return CImageCodecsStatusTooManyBytes;
  }
  return CImageCodecsStatusOk;
}

bool CImageCodecs_reserve(CImageCodecs_Output *output, size_t extra) {
  if (extra <= output->capacity - output->count) return true;
  size_t capacity = output->capacity < 32768 ? 65536 : output->capacity * 2;
  while (capacity - output->count < extra) capacity *= 2;
  uint8_t *grown = realloc(output->bytes, capacity);
  if (!grown) return false;
  output->bytes = grown;
  output->capacity = capacity;
  return true;
}

void CImageCodecsFreeBytes(CImageCodecsBytes *encoded) {
  free(encoded->bytes);
  encoded->bytes = NULL;
  encoded->count = 0;
}
