// Pixels to PNG. The jump is contained as in PNGReading.c.

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "Report.h"

/// Rows that are asked for at once.
enum { bandRows = 64 };

typedef struct {
  jmp_buf escape;
  png_structp png;
  png_infop info;
  CImageCodecsPicture picture;
  CImageCodecsPNGSettings settings;
  CImageCodecs_Output output;
  /// A row of squares, where pixels are enlarged.
  uint8_t *squares;
  /// Some rows, where they are given one after the other.
  uint8_t *band;
  CImageCodecsReport *report;
  CImageCodecsStatus status;
  bool ranOutOfMemory;
} Writing;

_Noreturn static void leave(Writing *writing, CImageCodecsStatus status) {
  writing->status = status;
  longjmp(writing->escape, 1);
}

_Noreturn static void onError(png_structp png, png_const_charp message) {
  Writing *writing = png_get_error_ptr(png);
  CImageCodecs_keepMessage(writing->report, message);
  leave(writing, writing->ranOutOfMemory ? CImageCodecsStatusOutOfMemory
                                         : CImageCodecsStatusUnsupported);
}

static void onWarning(png_structp png, png_const_charp message) {
  Writing *writing = png_get_error_ptr(png);
  CImageCodecs_keepComplaint(writing->report, message);
}

static png_voidp onAllocate(png_structp png, png_alloc_size_t size) {
  Writing *writing = png_get_mem_ptr(png);
  void *memory = malloc(size);
  if (!memory) writing->ranOutOfMemory = true;
  return memory;
}

static void onFree(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

static void onWrite(png_structp png, png_bytep bytes, size_t length) {
  Writing *writing = png_get_io_ptr(png);
  if (!CImageCodecs_reserve(&writing->output, length)) {
    writing->ranOutOfMemory = true;
    png_error(png, "no memory for the encoded picture");
  }
  memcpy(writing->output.bytes + writing->output.count, bytes, length);
  writing->output.count += length;
}

static void onFlush(png_structp png) { (void)png; }

static int colourType(const Writing *writing) {
  if (writing->settings.paletteCount > 0) return PNG_COLOR_TYPE_PALETTE;
  switch (writing->picture.channels) {
    case 1: return PNG_COLOR_TYPE_GRAY;
    case 2: return PNG_COLOR_TYPE_GRAY_ALPHA;
    case 3: return PNG_COLOR_TYPE_RGB;
    default: return PNG_COLOR_TYPE_RGB_ALPHA;
  }
}

static int bitDepth(const Writing *writing) {
  const uint16_t colours = writing->settings.paletteCount;
  if (colours == 0) return writing->picture.bytesPerSample * 8;
  if (colours <= 2) return 1;
  if (colours <= 4) return 2;
  return colours <= 16 ? 4 : 8;
}

static void setPalette(Writing *writing) {
  const uint8_t *colours = writing->settings.palette;
  png_color palette[256];
  png_byte alpha[256];
  int translucent = 0;
  for (int index = 0; index < writing->settings.paletteCount; index += 1) {
    const uint8_t *colour = colours + 4 * index;
    palette[index] = (png_color){colour[0], colour[1], colour[2]};
    alpha[index] = colour[3];
    if (colour[3] != 255) translucent = index + 1;
  }
  png_set_PLTE(writing->png, writing->info, palette, writing->settings.paletteCount);
  if (translucent > 0) png_set_tRNS(writing->png, writing->info, alpha, translucent, NULL);
}

static void setTexts(Writing *writing) {
  for (size_t index = 0; index < writing->settings.textCount; index += 1) {
    const CImageCodecsText *source = &writing->settings.texts[index];
    int plain = source->isCompressed ? PNG_TEXT_COMPRESSION_zTXt : PNG_TEXT_COMPRESSION_NONE;
    int international = source->isCompressed ? PNG_ITXT_COMPRESSION_zTXt : PNG_ITXT_COMPRESSION_NONE;
    // libpng copies all of it, so the pointers need not stay.
    png_text text = {.compression = source->isInternational ? international : plain,
                     .key = (png_charp)source->keyword,
                     .text = (png_charp)source->text,
                     .text_length = source->isInternational ? 0 : source->textLength,
                     .itxt_length = source->isInternational ? source->textLength : 0,
                     .lang = (png_charp)source->language,
                     .lang_key = (png_charp)source->translatedKeyword};
    png_set_text(writing->png, writing->info, &text, 1);
  }
}

/// Writes a row of pixels as rows of squares. All but the first repeat the one above, which the
/// filter Up makes zeros: trying the others would take most of the time.
static void writeSquares(Writing *writing, const uint8_t *row, size_t pixelSize) {
  const uint32_t zoom = writing->settings.zoom;
  uint8_t *next = writing->squares;
  for (uint32_t column = 0; column < writing->picture.width; column += 1, row += pixelSize) {
    for (uint32_t copy = 0; copy < zoom; copy += 1, next += pixelSize) {
      for (size_t byte = 0; byte < pixelSize; byte += 1) next[byte] = row[byte];
    }
  }
  const bool isFiltered = writing->settings.paletteCount == 0;
  for (uint32_t copy = 0; copy < zoom; copy += 1) {
    if (isFiltered) png_set_filter(writing->png, 0, copy > 0 ? PNG_FILTER_UP : PNG_ALL_FILTERS);
    png_write_row(writing->png, writing->squares);
  }
}

/// A row of the picture; given with those after it, if it is the first of a band.
static const uint8_t *rowAt(Writing *writing, uint32_t row, size_t rowSize) {
  const CImageCodecsPicture *picture = &writing->picture;
  if (!picture->rows) return (const uint8_t *)picture->samples + row * rowSize;
  const uint32_t place = row % bandRows, rest = picture->height - row;
  if (place == 0) {
    picture->rows->give(picture->rows->context, writing->band, row,
                        rest < bandRows ? rest : bandRows);
  }
  return writing->band + place * rowSize;
}

static uint8_t *room(Writing *writing, size_t size) {
  uint8_t *memory = onAllocate(writing->png, size);
  if (!memory) leave(writing, CImageCodecsStatusOutOfMemory);
  return memory;
}

static void write(Writing *writing) {
  png_structp png = writing->png;
  const CImageCodecsPicture *picture = &writing->picture;
  png_set_write_fn(png, writing, onWrite, onFlush);
  // libpng's million rows and columns is a reader's caution.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  const uint32_t zoom = writing->settings.zoom;
  png_set_IHDR(png, writing->info, picture->width * zoom, picture->height * zoom,
               bitDepth(writing), colourType(writing), PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, writing->settings.level);
  if (writing->settings.paletteCount > 0) setPalette(writing);
  setTexts(writing);
  png_write_info(png, writing->info);

  const uint16_t one = 1;
  const bool littleEndian = *(const uint8_t *)&one == 1;
  if (bitDepth(writing) == 16 && littleEndian) png_set_swap(png);
  if (bitDepth(writing) < 8) png_set_packing(png);
  const size_t pixelSize = (size_t)picture->channels * picture->bytesPerSample;
  const size_t rowSize = picture->width * pixelSize;
  if (zoom > 1) writing->squares = room(writing, rowSize * zoom);
  if (picture->rows) writing->band = room(writing, rowSize * bandRows);
  for (uint32_t row = 0; row < picture->height; row += 1) {
    const uint8_t *pixels = rowAt(writing, row, rowSize);
    if (zoom > 1) {
      writeSquares(writing, pixels, pixelSize);
    } else {
      png_write_row(png, pixels);
    }
  }
  png_write_end(png, writing->info);
}

static void guarded(Writing *writing) {
  if (setjmp(writing->escape)) return;
  writing->png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, writing, onError, onWarning,
                                           writing, onAllocate, onFree);
  if (!writing->png) leave(writing, CImageCodecsStatusOutOfMemory);
  writing->info = png_create_info_struct(writing->png);
  if (!writing->info) leave(writing, CImageCodecsStatusOutOfMemory);
  write(writing);
}

CImageCodecsStatus CImageCodecsEncodePNG(CImageCodecsPicture picture,
                                         CImageCodecsPNGSettings settings,
                                         CImageCodecsBytes *encoded, CImageCodecsReport *report) {
  CImageCodecs_clearReport(report);
  memset(encoded, 0, sizeof *encoded);
  Writing writing = {.picture = picture, .settings = settings, .report = report};
  guarded(&writing);
  png_destroy_write_struct(&writing.png, &writing.info);
  free(writing.squares);
  free(writing.band);
  if (writing.status == CImageCodecsStatusOk) {
    encoded->bytes = writing.output.bytes;
    encoded->count = writing.output.count;
  } else {
    free(writing.output.bytes);
  }
  return writing.status;
}
