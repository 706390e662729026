// What the four codecs share: the caller's report and the growing output.

#ifndef CIMAGECODECS_REPORT_H
#define CIMAGECODECS_REPORT_H

#include "CImageCodecs.h"

#pragma clang assume_nonnull begin

/// Empties the report before a run; the lent message buffer stays.
void CImageCodecs_clearReport(CImageCodecsReport *report);

/// Copies as much of the library's message as fits.
void CImageCodecs_keepMessage(CImageCodecsReport *report, const char *message);

/// Counts a complaint and keeps the words of the first.
void CImageCodecs_keepComplaint(CImageCodecsReport *report, const char *message);

/// Whether a picture of this size may be decoded.
CImageCodecsStatus CImageCodecs_checkLimits(const CImageCodecsHeader *header,
                                            CImageCodecsLimits limits);

/// What the decoded pixels take.
uint64_t CImageCodecs_decodedSize(const CImageCodecsHeader *header);

/// Bytes that grow as they are appended to.
typedef struct {
  uint8_t *_Nullable bytes;
  size_t count;
  size_t capacity;
} CImageCodecs_Output;

/// Makes room for `extra` more bytes; false when there is no memory.
bool CImageCodecs_reserve(CImageCodecs_Output *output, size_t extra);

#pragma clang assume_nonnull end

#endif
