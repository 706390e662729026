// PNG to pixels.
//
// libpng's simplified interface would need no jump buffer of ours, but it hands out no text chunks,
// cannot say which rows of a cut file arrived, turns 16-bit samples linear, and hides what the file
// held. So this is the full interface with the jump contained: `guarded` is the only function that
// calls setjmp, it has no locals, and everything that must survive a jump lives in the `Reading`
// of its caller, which frees it whatever happened.

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "Report.h"

/// A chunk beside the pixels may take this much, packed or unpacked (libpng's own default, stated).
static const png_alloc_size_t chunkMemory = 8000000;

typedef struct {
  jmp_buf escape;
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  CImageCodecsLimits limits;
  bool lenient;
  /// Where pixels go; null while only the header is asked for.
  uint8_t *samples;
  size_t samplesSize;
  CImageCodecsHeader header;
  CImageCodecsReport *report;
  CImageCodecsStatus status;
  bool ranOut;
  bool ranOutOfMemory;
  /// A pixel-bearing chunk's check sum was wrong and the caller is lenient.
  bool ignoredChecksum;
} Reading;

_Noreturn static void leave(Reading *reading, CImageCodecsStatus status) {
  reading->status = status;
  longjmp(reading->escape, 1);
}

_Noreturn static void onError(png_structp png, png_const_charp message) {
  Reading *reading = png_get_error_ptr(png);
  CImageCodecs_keepMessage(reading->report, message);
  if (reading->ranOutOfMemory) leave(reading, CImageCodecsStatusOutOfMemory);
  if (reading->ranOut) leave(reading, CImageCodecsStatusTruncated);
  bool checksum = strstr(message, "CRC error") != NULL;
  leave(reading, checksum ? CImageCodecsStatusChecksum : CImageCodecsStatusDamaged);
}

static void onWarning(png_structp png, png_const_charp message) {
  Reading *reading = png_get_error_ptr(png);
  // Messages about a chunk begin with its name, and a critical chunk's with a capital.
  bool critical = message[0] >= 'A' && message[0] <= 'Z';
  if (critical && strstr(message, "CRC error")) reading->ignoredChecksum = true;
  CImageCodecs_keepComplaint(reading->report, message);
}

/// libpng believes the length of a chunk before it has seen the chunk: twelve bytes can ask for two
/// gigabytes. What is not a row and larger than a chunk may be is refused; libpng skips the chunk.
static png_voidp onAllocate(png_structp png, png_alloc_size_t size) {
  Reading *reading = png_get_mem_ptr(png);
  const png_alloc_size_t row = 16 * (png_alloc_size_t)reading->header.width + 65536;
  if (size > chunkMemory + row) return NULL;
  void *memory = malloc(size);
  if (!memory) reading->ranOutOfMemory = true;
  return memory;
}

static void onFree(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

static void onRead(png_structp png, png_bytep target, size_t length) {
  Reading *reading = png_get_io_ptr(png);
  if (length > reading->count - reading->position) {
    reading->ranOut = true;
    png_error(png, "the bytes end inside the picture");
  }
  memcpy(target, reading->bytes + reading->position, length);
  reading->position += length;
}

static CImageCodecsColour storedColour(int type) {
  switch (type) {
    case PNG_COLOR_TYPE_GRAY: return CImageCodecsColourGrey;
    case PNG_COLOR_TYPE_GRAY_ALPHA: return CImageCodecsColourGreyAlpha;
    case PNG_COLOR_TYPE_RGB: return CImageCodecsColourRGB;
    case PNG_COLOR_TYPE_RGB_ALPHA: return CImageCodecsColourRGBA;
    default: return CImageCodecsColourPalette;
  }
}

/// Reads up to the first pixel, asks for the decoded layout and checks the limits.
static void readHeader(Reading *reading) {
  png_structp png = reading->png;
  png_infop info = reading->info;
  // The caller's limits are the ones that count: libpng's million rows and columns would come first.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, chunkMemory);
  if (reading->lenient) {
    png_set_crc_action(png, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
    // libpng asks for this much at once and gets nothing of what the file cannot fill.
    png_set_compression_buffer_size(png, 64);
  }
  png_set_read_fn(png, reading, onRead);
  png_read_info(png, info);

  CImageCodecsHeader *header = &reading->header;
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->storedDepth = png_get_bit_depth(png, info);
  header->storedColour = storedColour(png_get_color_type(png, info));
  header->hasTransparencyChunk = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  header->isProgressive = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  header->chromaAcross = 1;
  header->chromaDown = 1;

  // Palette to RGB, 1, 2 and 4 bits of grey to 8, tRNS to alpha.
  png_set_expand(png);
  const uint16_t one = 1;
  const bool littleEndian = *(const uint8_t *)&one == 1;
  if (header->storedDepth == 16 && littleEndian) png_set_swap(png);
  if (header->isProgressive) png_set_interlace_handling(png);

  // Known before libpng allocates rows: what png_read_update_info will say.
  bool palette = header->storedColour == CImageCodecsColourPalette;
  bool colour = palette || header->storedColour == CImageCodecsColourRGB ||
                header->storedColour == CImageCodecsColourRGBA;
  bool alpha = header->hasTransparencyChunk || header->storedColour == CImageCodecsColourRGBA ||
               header->storedColour == CImageCodecsColourGreyAlpha;
  header->channels = (colour ? 3 : 1) + (alpha ? 1 : 0);
  header->bytesPerSample = header->storedDepth == 16 ? 2 : 1;
  CImageCodecsStatus limit = CImageCodecs_checkLimits(header, reading->limits);
  if (limit != CImageCodecsStatusOk) leave(reading, limit);
}

static void readPixels(Reading *reading) {
  png_structp png = reading->png;
  const uint32_t height = reading->header.height;
  png_read_update_info(png, reading->info);
  const size_t rowSize = png_get_rowbytes(png, reading->info);
  if (rowSize * height != reading->samplesSize) {
    png_error(png, "the decoded layout is not what the header promised");
  }
  const int passes = reading->header.isProgressive ? 7 : 1;
  for (int pass = 0; pass < passes; pass += 1) {
    for (uint32_t row = 0; row < height; row += 1) {
      png_bytep target = reading->samples + row * rowSize;
      // Shown coarsely ("display row") only if the file may end early; the result is the same when
      // it does not, and slower.
      bool coarse = reading->lenient && passes > 1;
      png_read_row(png, coarse ? NULL : target, coarse ? target : NULL);
      reading->report->isPartial = true;
      if (pass == passes - 1) reading->report->completeRows = row + 1;
    }
  }
  png_read_end(png, reading->info);
  if (reading->ignoredChecksum) reading->status = CImageCodecsStatusChecksum;
  reading->report->trailingBytes = reading->count - reading->position;
}

static bool guarded(Reading *reading) {
  if (setjmp(reading->escape)) return false;
  reading->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, reading, onError, onWarning,
                                          reading, onAllocate, onFree);
  if (!reading->png) leave(reading, CImageCodecsStatusOutOfMemory);
  reading->info = png_create_info_struct(reading->png);
  if (!reading->info) leave(reading, CImageCodecsStatusOutOfMemory);
  readHeader(reading);
  if (reading->samples) readPixels(reading);
  return true;
}

/// libpng calls a zero side "Invalid IHDR data" like any other nonsense in the header.
static bool headerHasZeroSide(const Reading *reading) {
  static const uint8_t zero[4] = {0};
  return reading->count >= 24 && memcmp(reading->bytes + 12, "IHDR", 4) == 0 &&
         (memcmp(reading->bytes + 16, zero, 4) == 0 || memcmp(reading->bytes + 20, zero, 4) == 0);
}

static void finish(Reading *reading) {
  if (reading->status == CImageCodecsStatusDamaged && headerHasZeroSide(reading)) {
    reading->status = CImageCodecsStatusZeroSize;
  }
  png_destroy_read_struct(&reading->png, &reading->info, NULL);
}

CImageCodecsStatus CImageCodecsInspectPNG(const uint8_t *bytes, size_t count,
                                          CImageCodecsLimits limits, bool lenient,
                                          CImageCodecsHeader *header, CImageCodecsReport *report) {
  CImageCodecs_clearReport(report);
  Reading reading = {
      .bytes = bytes, .count = count, .limits = limits, .lenient = lenient, .report = report};
  guarded(&reading);
  *header = reading.header;
  finish(&reading);
  return reading.status;
}

/// Copies the text chunks into one block: the entries, then their strings.
static void copyTexts(Reading *reading, CImageCodecsTexts *texts) {
  png_textp found = NULL;
  int count = 0;
  png_get_text(reading->png, reading->info, &found, &count);
  if (count <= 0) return;
  size_t size = (size_t)count * sizeof(CImageCodecsText) + 1;
  for (int index = 0; index < count; index += 1) {
    size += strlen(found[index].key) + 1;
    size += (found[index].lang ? strlen(found[index].lang) : 0) + 1;
    size += (found[index].lang_key ? strlen(found[index].lang_key) : 0) + 1;
    size_t plain = found[index].text_length, international = found[index].itxt_length;
    size += (plain > international ? plain : international) + 1;
  }
  CImageCodecsText *entries = calloc(1, size);
  if (!entries) {
    CImageCodecs_keepComplaint(reading->report, "no memory for the text chunks");
    return;
  }
  char *place = (char *)(entries + count);
  for (int index = 0; index < count; index += 1) {
    const png_text *source = &found[index];
    CImageCodecsText *entry = &entries[index];
    entry->isInternational = source->compression >= PNG_ITXT_COMPRESSION_NONE;
    entry->isCompressed = source->compression == PNG_TEXT_COMPRESSION_zTXt ||
                          source->compression == PNG_ITXT_COMPRESSION_zTXt;
    entry->textLength = entry->isInternational ? source->itxt_length : source->text_length;
    entry->keyword = place;
    place = stpcpy(place, source->key) + 1;
    entry->language = place;
    place = stpcpy(place, source->lang ? source->lang : "") + 1;
    entry->translatedKeyword = place;
    place = stpcpy(place, source->lang_key ? source->lang_key : "") + 1;
    entry->text = place;
    if (entry->textLength > 0) memcpy(place, source->text, entry->textLength);
    place += entry->textLength + 1;
  }
  texts->entries = entries;
  texts->count = count;
}

CImageCodecsStatus CImageCodecsDecodePNG(const uint8_t *bytes, size_t count,
                                         CImageCodecsLimits limits, bool lenient, void *samples,
                                         size_t samplesSize, CImageCodecsTexts *texts,
                                         CImageCodecsReport *report) {
  CImageCodecs_clearReport(report);
  memset(texts, 0, sizeof *texts);
  Reading reading = {.bytes = bytes,
                     .count = count,
                     .limits = limits,
                     .lenient = lenient,
                     .samples = samples,
                     .samplesSize = samplesSize,
                     .report = report};
  bool whole = guarded(&reading);
  if ((whole || lenient) && reading.png && reading.info) copyTexts(&reading, texts);
  finish(&reading);
  return reading.status;
}

void CImageCodecsFreeTexts(CImageCodecsTexts *texts) {
  free(texts->entries);
  texts->entries = NULL;
  texts->count = 0;
}
