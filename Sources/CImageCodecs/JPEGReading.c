// JPEG to pixels. libjpeg has no interface without jumps; they are contained as in PNGReading.c:
// `guarded` alone calls setjmp and has no locals, its caller owns the `Reading` and frees it.

#include <limits.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// In this order: jerror.h lists the messages of arithmetic coding only if jpeglib.h has said that
// the library has it.
#include <jpeglib.h>

#include <jerror.h>

#include "Report.h"

/// A progressive file may name any number of scans, each a pass over the whole picture: a few
/// kilobytes could keep a reader busy for hours. Encoders write about ten.
static const int mostScans = 200;

/// Rows asked for at once.
enum { rowsAtOnce = 16 };

/// Rows of a band: of a photo, as many as the second-level cache holds.
enum { bandRows = 32 };

typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress;
  const uint8_t *bytes;
  size_t count;
  CImageCodecsLimits limits;
  /// Where pixels go, unless they go to `bands`; null while only the header is asked for.
  uint8_t *samples;
  size_t samplesSize;
  uint32_t reduction;
  const CImageCodecsBands *_Nullable bands;
  CImageCodecsHeader header;
  CImageCodecsReport *report;
  CImageCodecsStatus status;
  /// libjpeg has read the header and prepared for the pixels.
  bool isInsidePicture;
  /// The first complaint that means missing or wrong pixels; the message keeps its words.
  CImageCodecsStatus doubt;
} Reading;

_Noreturn static void leave(Reading *reading, CImageCodecsStatus status) {
  reading->status = status;
  longjmp(reading->escape, 1);
}

static CImageCodecsStatus statusOfError(int code) {
  switch (code) {
    case JERR_INPUT_EOF:
    case JERR_INPUT_EMPTY:
      return CImageCodecsStatusTruncated;
    case JERR_EMPTY_IMAGE:
      return CImageCodecsStatusZeroSize;
    case JERR_OUT_OF_MEMORY:
      return CImageCodecsStatusOutOfMemory;
    // libjpeg would write to temporary files where its memory limit is passed; this build has none.
    case JERR_NO_BACKING_STORE:
      return CImageCodecsStatusTooManyBytes;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
      return CImageCodecsStatusUnsupported;
    default:
      return CImageCodecsStatusDamaged;
  }
}

_Noreturn static void onError(j_common_ptr jpeg) {
  Reading *reading = jpeg->client_data;
  char message[JMSG_LENGTH_MAX];
  reading->errors.format_message(jpeg, message);
  CImageCodecs_keepMessage(reading->report, message);
  CImageCodecsStatus status = statusOfError(reading->errors.msg_code);
  // Whatever was found missing after the end of the bytes, the end is the reason.
  bool ended = reading->doubt == CImageCodecsStatusTruncated;
  if (status == CImageCodecsStatusDamaged && ended) status = CImageCodecsStatusTruncated;
  leave(reading, status);
}

/// libjpeg goes on after nearly everything. What casts doubt on pixels is told from what does not
/// (bytes between segments, unknown revisions).
static CImageCodecsStatus doubtOfWarning(int code) {
  switch (code) {
    case JWRN_JPEG_EOF:
      return CImageCodecsStatusTruncated;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
#ifdef D_ARITH_CODING_SUPPORTED
    case JWRN_ARITH_BAD_CODE:
#endif
    case JWRN_MUST_RESYNC:
      return CImageCodecsStatusDamaged;
    default:
      return CImageCodecsStatusOk;
  }
}

/// Notes how much is there when the first doubt comes.
static void notePlace(Reading *reading) {
  struct jpeg_decompress_struct *jpeg = &reading->jpeg;
  reading->report->isPartial = jpeg->input_scan_number > 1 || jpeg->input_iMCU_row > 0;
  // Rows of blocks that were read whole. With several scans none is final before the last.
  if (jpeg_has_multiple_scans(jpeg)) return;
  uint64_t rows = (uint64_t)jpeg->input_iMCU_row * jpeg->max_v_samp_factor * DCTSIZE;
  reading->report->completeRows = rows < jpeg->image_height ? (uint32_t)rows : jpeg->image_height;
}

static void onMessage(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  Reading *reading = jpeg->client_data;
  char message[JMSG_LENGTH_MAX];
  reading->errors.format_message(jpeg, message);
  CImageCodecsStatus doubt = doubtOfWarning(reading->errors.msg_code);
  const bool first = reading->doubt == CImageCodecsStatusOk;
  if (first) CImageCodecs_keepComplaint(reading->report, message);
  if (first && doubt != CImageCodecsStatusOk) {
    reading->doubt = doubt;
    CImageCodecs_keepMessage(reading->report, message);
    if (reading->isInsidePicture) notePlace(reading);
  }
}

/// The standard function prints; nothing here prints.
static void onOutput(j_common_ptr jpeg) { (void)jpeg; }

static void onProgress(j_common_ptr jpeg) {
  Reading *reading = jpeg->client_data;
  if (reading->jpeg.input_scan_number > mostScans) {
    CImageCodecs_keepMessage(reading->report, "the picture is stored in more than 200 scans");
    leave(reading, CImageCodecsStatusUnsupported);
  }
}

static CImageCodecsColour storedColour(J_COLOR_SPACE space) {
  switch (space) {
    case JCS_GRAYSCALE: return CImageCodecsColourGrey;
    case JCS_RGB: return CImageCodecsColourRGB;
    case JCS_CMYK: return CImageCodecsColourCMYK;
    case JCS_YCCK: return CImageCodecsColourYCCK;
    default: return CImageCodecsColourYCbCr;
  }
}

static void readHeader(Reading *reading) {
  struct jpeg_decompress_struct *jpeg = &reading->jpeg;
  jpeg_mem_src(jpeg, reading->bytes, reading->count);
  jpeg_read_header(jpeg, TRUE);

  CImageCodecsHeader *header = &reading->header;
  header->width = jpeg->image_width;
  header->height = jpeg->image_height;
  header->storedDepth = jpeg->data_precision;
  header->storedColour = storedColour(jpeg->jpeg_color_space);
  header->channels = header->storedColour == CImageCodecsColourGrey ? 1 : 3;
  header->bytesPerSample = 1;
  header->isProgressive = jpeg->progressive_mode;
  header->isArithmetic = jpeg->arith_code;
  header->chromaAcross = 1;
  header->chromaDown = 1;
  if (jpeg->num_components >= 3) {
    const jpeg_component_info *luma = &jpeg->comp_info[0], *chroma = &jpeg->comp_info[1];
    header->chromaAcross = luma->h_samp_factor / chroma->h_samp_factor;
    header->chromaDown = luma->v_samp_factor / chroma->v_samp_factor;
  }
  if (jpeg->jpeg_color_space == JCS_UNKNOWN) {
    snprintf(reading->report->message, reading->report->messageCapacity,
             "%d components of no known colour space", jpeg->num_components);
    leave(reading, CImageCodecsStatusUnsupported);
  }
  CImageCodecsStatus limit = CImageCodecs_checkLimits(header, reading->limits);
  if (limit != CImageCodecsStatusOk) leave(reading, limit);
  // Coefficients of a progressive picture are kept in memory until the last scan.
  uint64_t rest = reading->limits.bytes - CImageCodecs_decodedSize(header);
  jpeg->mem->max_memory_to_use = rest < 1 ? 1 : rest > LONG_MAX ? LONG_MAX : (long)rest;
}

/// Four inks to red, green and blue, with Pillow's rounding.
///
/// Files hold 255 for no ink, as Adobe's programs write them. Files without Adobe's mark are read
/// the same way, as Pillow, ImageMagick and Chromium do.
static void convertInks(const uint8_t *inks, uint8_t *pixels, uint32_t width) {
  for (uint32_t column = 0; column < width; column += 1, inks += 4, pixels += 3) {
    int light = inks[3];
    for (int channel = 0; channel < 3; channel += 1) {
      int product = (255 - inks[channel]) * light + 128;
      int rest = light - ((product + (product >> 8)) >> 8);
      pixels[channel] = rest < 0 ? 0 : (uint8_t)rest;
    }
  }
}

/// Reads `count` rows, through four inks where `inks` has room for a row of them.
static void readRows(Reading *reading, uint8_t *target, size_t rowSize, uint32_t count,
                     JSAMPARRAY inks) {
  struct jpeg_decompress_struct *jpeg = &reading->jpeg;
  const uint32_t first = jpeg->output_scanline;
  while (jpeg->output_scanline - first < count) {
    const uint32_t done = jpeg->output_scanline - first;
    uint8_t *next = target + done * rowSize;
    if (inks) {
      if (jpeg_read_scanlines(jpeg, inks, 1) == 1) convertInks(inks[0], next, jpeg->output_width);
      continue;
    }
    // libjpeg hands out at most one row group at once.
    JSAMPROW rows[rowsAtOnce];
    const uint32_t rest = count - done < rowsAtOnce ? count - done : rowsAtOnce;
    for (uint32_t index = 0; index < rest; index += 1) rows[index] = next + index * rowSize;
    jpeg_read_scanlines(jpeg, rows, rest);
  }
}

static void readBands(Reading *reading, size_t rowSize, JSAMPARRAY inks) {
  struct jpeg_decompress_struct *jpeg = &reading->jpeg;
  // libjpeg frees it with the rest of the picture's memory.
  uint8_t *band = jpeg->mem->alloc_large((j_common_ptr)jpeg, JPOOL_IMAGE, bandRows * rowSize + 8);
  while (jpeg->output_scanline < jpeg->output_height) {
    const uint32_t first = jpeg->output_scanline;
    const uint32_t rest = jpeg->output_height - first;
    const uint32_t count = rest < bandRows ? rest : bandRows;
    readRows(reading, band, rowSize, count, inks);
    reading->bands->take(reading->bands->context, band, first, count);
  }
}

static void readPixels(Reading *reading) {
  struct jpeg_decompress_struct *jpeg = &reading->jpeg;
  const bool hasInks = reading->header.storedColour == CImageCodecsColourCMYK ||
                       reading->header.storedColour == CImageCodecsColourYCCK;
  jpeg->out_color_space = reading->header.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  if (hasInks) jpeg->out_color_space = JCS_CMYK;
  jpeg->scale_num = 1;
  jpeg->scale_denom = reading->reduction;
  reading->isInsidePicture = true;
  jpeg_start_decompress(jpeg);
  const size_t rowSize = (size_t)jpeg->output_width * reading->header.channels;
  if (rowSize * jpeg->output_height != reading->samplesSize) {
    CImageCodecs_keepMessage(reading->report, "the decoded size is not what the header promised");
    leave(reading, CImageCodecsStatusDamaged);
  }
  JSAMPARRAY inks = NULL;
  if (hasInks) {
    inks = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, 4 * jpeg->output_width, 1);
  }
  if (reading->bands) {
    readBands(reading, rowSize, inks);
  } else {
    readRows(reading, reading->samples, rowSize, jpeg->output_height, inks);
  }
  jpeg_finish_decompress(jpeg);
  reading->report->trailingBytes = jpeg->src->bytes_in_buffer;
  if (reading->doubt == CImageCodecsStatusOk) {
    reading->report->completeRows = reading->header.height;
  }
  reading->status = reading->doubt;
}

static void guarded(Reading *reading) {
  if (setjmp(reading->escape)) return;
  jpeg_create_decompress(&reading->jpeg);
  reading->jpeg.progress = &reading->progress;
  readHeader(reading);
  if (reading->samples) readPixels(reading);
}

static CImageCodecsStatus run(Reading *reading) {
  CImageCodecs_clearReport(reading->report);
  reading->jpeg.err = jpeg_std_error(&reading->errors);
  reading->jpeg.client_data = reading;
  reading->errors.error_exit = onError;
  reading->errors.emit_message = onMessage;
  reading->errors.output_message = onOutput;
  reading->progress.progress_monitor = onProgress;
  guarded(reading);
  jpeg_destroy_decompress(&reading->jpeg);
  return reading->status;
}

CImageCodecsStatus CImageCodecsInspectJPEG(const uint8_t *bytes, size_t count,
                                           CImageCodecsLimits limits, CImageCodecsHeader *header,
                                           CImageCodecsReport *report) {
  Reading reading = {.bytes = bytes, .count = count, .limits = limits, .report = report};
  CImageCodecsStatus status = run(&reading);
  *header = reading.header;
  return status;
}

CImageCodecsStatus CImageCodecsDecodeJPEG(const uint8_t *bytes, size_t count,
                                          CImageCodecsLimits limits, void *samples,
                                          size_t samplesSize, uint32_t reduction,
                                          const CImageCodecsBands *_Nullable bands,
                                          CImageCodecsReport *report) {
  Reading reading = {.bytes = bytes,
                     .count = count,
                     .limits = limits,
                     .samples = samples,
                     .samplesSize = samplesSize,
                     .reduction = reduction,
                     .bands = bands,
                     .report = report};
  return run(&reading);
}
