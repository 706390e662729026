// Any bytes to the PNG decoder, strictly and leniently: it must end with a status, without a
// finding of the sanitizers and without a leak.

#include "Decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  for (int lenient = 0; lenient < 2; lenient += 1) {
    CImageCodecsHeader header;
    CImageCodecsReport report = newReport();
    if (CImageCodecsInspectPNG(bytes, count, limits, lenient, &header, &report) !=
        CImageCodecsStatusOk) {
      continue;
    }
    size_t size = sampleSize(&header);
    void *samples = calloc(size, 1);
    CImageCodecsTexts texts;
    CImageCodecsStatus status = CImageCodecsDecodePNG(bytes, count, limits, lenient, samples, size,
                                                      &texts, &report);
    for (size_t index = 0; index < texts.count; index += 1) {
      const CImageCodecsText *text = &texts.entries[index];
      touch(text->keyword, strlen(text->keyword));
      touch(text->text, text->textLength + 1);
      touch(text->language, strlen(text->language));
      touch(text->translatedKeyword, strlen(text->translatedKeyword));
    }
    CImageCodecsFreeTexts(&texts);
    if (isUsable(status, &report, lenient)) touch(samples, size);
    free(samples);
  }
  return 0;
}
