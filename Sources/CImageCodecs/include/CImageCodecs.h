// PNG and JPEG bytes to pixels and back, over libpng and libjpeg.
//
// Both libraries report errors by calling a function that must not return, so a caller has to
// longjmp out of it; Swift cannot take part in that (the compiler refuses setjmp). Here every jump
// stays inside one C file: a function takes bytes, returns a status, and has freed all it took.
//
// Pixels are rows from the top without padding, channels side by side, 8-bit samples as bytes and
// 16-bit samples as uint16_t in the machine's order.

#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How an operation ended.
typedef enum __attribute__((enum_extensibility(closed))) {
  CImageCodecsStatusOk,
  /// The bytes ended before the picture did.
  CImageCodecsStatusTruncated,
  /// The bytes break the format's rules.
  CImageCodecsStatusDamaged,
  /// A chunk's check sum does not match its bytes (PNG).
  CImageCodecsStatusChecksum,
  /// The header says that there are no rows or no columns.
  CImageCodecsStatusZeroSize,
  /// More pixels than the caller allows.
  CImageCodecsStatusTooManyPixels,
  /// More memory than the caller allows.
  CImageCodecsStatusTooManyBytes,
  /// Allowed by the format, but not something the library can decode or encode.
  CImageCodecsStatusUnsupported,
  CImageCodecsStatusOutOfMemory,
} CImageCodecsStatus;

/// How colours stand in the file.
typedef enum __attribute__((enum_extensibility(closed))) {
  CImageCodecsColourGrey,
  CImageCodecsColourGreyAlpha,
  CImageCodecsColourRGB,
  CImageCodecsColourRGBA,
  CImageCodecsColourPalette,
  CImageCodecsColourYCbCr,
  CImageCodecsColourCMYK,
  CImageCodecsColourYCCK,
} CImageCodecsColour;

/// What a file's header says, and the layout that its pixels are decoded to.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// Of the decoded pixels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
  uint8_t channels;
  /// Of the decoded samples: 1 or 2.
  uint8_t bytesPerSample;
  /// In the file: 1, 2, 4, 8 or 16 bits a sample.
  uint8_t storedDepth;
  CImageCodecsColour storedColour;
  /// Transparency stands beside the pixels (PNG's tRNS) and was made an alpha channel.
  bool hasTransparencyChunk;
  /// Stored coarse to fine: interlaced (PNG) or progressive (JPEG).
  bool isProgressive;
  /// Arithmetic instead of Huffman codes (JPEG).
  bool isArithmetic;
  /// Luma samples for one chroma sample, across and down (JPEG; 1 and 1 where all are alike).
  uint8_t chromaAcross;
  uint8_t chromaDown;
} CImageCodecsHeader;

/// What the caller is willing to decode.
typedef struct {
  uint64_t pixels;
  /// Of decoded pixels and of the library's own working memory.
  uint64_t bytes;
} CImageCodecsLimits;

/// What is known besides the status. The caller lends the message buffer.
typedef struct {
  /// The library's own words about the error, or about its first complaint; ends with a zero.
  char *message;
  size_t messageCapacity;
  /// Rows that are certainly as they were stored; 0 while a picture is only coarsely known.
  uint32_t completeRows;
  /// Some pixels were decoded, perhaps all.
  bool isPartial;
  /// What the library complained of without giving up.
  uint32_t complaints;
  /// Bytes after the end of the picture.
  size_t trailingBytes;
} CImageCodecsReport;

/// One text chunk of a PNG. In files, plain chunks are Latin-1 and international ones UTF-8.
typedef struct {
  const char *keyword;
  const char *text;
  size_t textLength;
  /// Of international chunks; empty otherwise.
  const char *language;
  const char *translatedKeyword;
  bool isInternational;
  bool isCompressed;
} CImageCodecsText;

/// The text chunks of a PNG, in one block of memory that the caller frees.
typedef struct {
  CImageCodecsText *_Nullable entries;
  size_t count;
} CImageCodecsTexts;

/// An encoded file, in memory that the caller frees.
typedef struct {
  uint8_t *_Nullable bytes;
  size_t count;
} CImageCodecsBytes;

/// Reads the header of a PNG; checks the limits before anything of the picture's size is allocated.
///
/// With `lenient`, a wrong check sum is only a complaint.
CImageCodecsStatus CImageCodecsInspectPNG(const uint8_t *bytes, size_t count,
                                          CImageCodecsLimits limits, bool lenient,
                                          CImageCodecsHeader *header, CImageCodecsReport *report);

/// Decodes a PNG into `samples`, which has room for exactly what the header asks.
///
/// With `lenient`, a wrong check sum is only a complaint, and pixels that did not arrive are left as
/// the caller had them; the status still tells why they did not.
CImageCodecsStatus CImageCodecsDecodePNG(const uint8_t *bytes, size_t count,
                                         CImageCodecsLimits limits, bool lenient, void *samples,
                                         size_t samplesSize, CImageCodecsTexts *texts,
                                         CImageCodecsReport *report);

/// Frees what decoding gave; safe on a zero value.
void CImageCodecsFreeTexts(CImageCodecsTexts *texts);

/// Reads the header of a JPEG; checks the limits before anything of the picture's size is allocated.
CImageCodecsStatus CImageCodecsInspectJPEG(const uint8_t *bytes, size_t count,
                                           CImageCodecsLimits limits, CImageCodecsHeader *header,
                                           CImageCodecsReport *report);

/// Takes rows while they are still in the cache, a band at a time and in order: for a picture that
/// is to be turned.
typedef struct {
  void *context;
  /// Called with `count` rows side by side without padding, the first of which is row `first`. Eight
  /// bytes after the last one may be read.
  void (*take)(void *context, const uint8_t *rows, uint32_t first, uint32_t count);
} CImageCodecsBands;

/// Decodes a JPEG into `samples`, which has room for exactly what the header asks. Where `bands` is
/// given, it alone gets the rows and may write to `samples`.
///
/// Rows that did not arrive are filled in by libjpeg; the status tells that they are missing. After
/// an error that ended the decoding, the rows after it are left as the caller had them.
CImageCodecsStatus CImageCodecsDecodeJPEG(const uint8_t *bytes, size_t count,
                                          CImageCodecsLimits limits, void *samples,
                                          size_t samplesSize, uint32_t reduction,
                                          const CImageCodecsBands *_Nullable bands,
                                          CImageCodecsReport *report);

/// Gives rows of a picture that need not be in memory as a whole.
typedef struct {
  void *context;
  /// Fills `rows` with the rows `first ..< first + count`.
  void (*give)(void *context, void *rows, uint32_t first, uint32_t count);
} CImageCodecsRows;

/// A picture to encode.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; 1 with a palette.
  uint8_t channels;
  uint8_t bytesPerSample;
  /// All of its rows, unless `rows` gives them (PNG).
  const void *_Nullable samples;
  const CImageCodecsRows *_Nullable rows;
} CImageCodecsPicture;

typedef struct {
  /// zlib's 0 (stored) to 9 (smallest).
  int level;
  /// Every pixel becomes a square of so many; 1 leaves the picture as it is.
  uint32_t zoom;
  /// Colours as red, green, blue, alpha; the picture's samples are then indices into them.
  const uint8_t *_Nullable palette;
  /// 1 to 256; 0 without a palette.
  uint16_t paletteCount;
  const CImageCodecsText *_Nullable texts;
  size_t textCount;
} CImageCodecsPNGSettings;

CImageCodecsStatus CImageCodecsEncodePNG(CImageCodecsPicture picture,
                                         CImageCodecsPNGSettings settings,
                                         CImageCodecsBytes *encoded, CImageCodecsReport *report);

typedef struct {
  /// libjpeg's 1 to 100.
  int quality;
  /// Luma samples for one chroma sample, across and down.
  uint8_t chromaAcross;
  uint8_t chromaDown;
  bool isProgressive;
} CImageCodecsJPEGSettings;

/// Encodes 8-bit grey or RGB.
CImageCodecsStatus CImageCodecsEncodeJPEG(CImageCodecsPicture picture,
                                          CImageCodecsJPEGSettings settings,
                                          CImageCodecsBytes *encoded, CImageCodecsReport *report);

/// Frees what encoding gave; safe on a zero value.
void CImageCodecsFreeBytes(CImageCodecsBytes *encoded);

#pragma clang assume_nonnull end

#endif
