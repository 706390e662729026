// Pixels to JPEG. The jump is contained as in JPEGReading.c.

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "Report.h"

typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf escape;
  struct jpeg_compress_struct jpeg;
  struct jpeg_destination_mgr destination;
  CImageCodecsPicture picture;
  CImageCodecsJPEGSettings settings;
  CImageCodecs_Output output;
  CImageCodecsReport *report;
  CImageCodecsStatus status;
} Writing;

_Noreturn static void leave(Writing *writing, CImageCodecsStatus status) {
  writing->status = status;
  longjmp(writing->escape, 1);
}

_Noreturn static void onError(j_common_ptr jpeg) {
  Writing *writing = jpeg->client_data;
  char message[JMSG_LENGTH_MAX];
  writing->errors.format_message(jpeg, message);
  CImageCodecs_keepMessage(writing->report, message);
  bool memory = writing->errors.msg_code == JERR_OUT_OF_MEMORY;
  leave(writing, memory ? CImageCodecsStatusOutOfMemory : CImageCodecsStatusUnsupported);
}

static void onMessage(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  Writing *writing = jpeg->client_data;
  char message[JMSG_LENGTH_MAX];
  writing->errors.format_message(jpeg, message);
  CImageCodecs_keepComplaint(writing->report, message);
}

/// The standard function prints; nothing here prints.
static void onOutput(j_common_ptr jpeg) { (void)jpeg; }

/// libjpeg's own memory destination leaks its buffer when an error jumps out; this one belongs to
/// `Writing`.
static void offerRoom(Writing *writing) {
  if (!CImageCodecs_reserve(&writing->output, 65536)) {
    CImageCodecs_keepMessage(writing->report, "no memory for the encoded picture");
    leave(writing, CImageCodecsStatusOutOfMemory);
  }
  writing->destination.next_output_byte = writing->output.bytes + writing->output.count;
  writing->destination.free_in_buffer = writing->output.capacity - writing->output.count;
}

static void onStart(j_compress_ptr jpeg) { offerRoom(jpeg->client_data); }

static boolean onFull(j_compress_ptr jpeg) {
  Writing *writing = jpeg->client_data;
  // libjpeg calls this with the whole room used, whatever free_in_buffer says.
  writing->output.count = writing->output.capacity;
  offerRoom(writing);
  return TRUE;
}

static void onEnd(j_compress_ptr jpeg) {
  Writing *writing = jpeg->client_data;
  writing->output.count = writing->output.capacity - writing->destination.free_in_buffer;
}

static void write(Writing *writing) {
  struct jpeg_compress_struct *jpeg = &writing->jpeg;
  const CImageCodecsPicture *picture = &writing->picture;
  writing->destination.init_destination = onStart;
  writing->destination.empty_output_buffer = onFull;
  writing->destination.term_destination = onEnd;
  jpeg->dest = &writing->destination;
  jpeg->image_width = picture->width;
  jpeg->image_height = picture->height;
  jpeg->input_components = picture->channels;
  jpeg->in_color_space = picture->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(jpeg);
  jpeg_set_quality(jpeg, writing->settings.quality, TRUE);
  if (picture->channels == 3) {
    jpeg->comp_info[0].h_samp_factor = writing->settings.chromaAcross;
    jpeg->comp_info[0].v_samp_factor = writing->settings.chromaDown;
  }
  if (writing->settings.isProgressive) jpeg_simple_progression(jpeg);
  jpeg_start_compress(jpeg, TRUE);
  const size_t rowSize = (size_t)picture->width * picture->channels;
  while (jpeg->next_scanline < jpeg->image_height) {
    // libjpeg takes rows without const and only reads them.
    JSAMPROW row = (JSAMPROW)picture->samples + jpeg->next_scanline * rowSize;
    jpeg_write_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_compress(jpeg);
}

static void guarded(Writing *writing) {
  if (setjmp(writing->escape)) return;
  jpeg_create_compress(&writing->jpeg);
  write(writing);
}

CImageCodecsStatus CImageCodecsEncodeJPEG(CImageCodecsPicture picture,
                                          CImageCodecsJPEGSettings settings,
                                          CImageCodecsBytes *encoded, CImageCodecsReport *report) {
  CImageCodecs_clearReport(report);
  memset(encoded, 0, sizeof *encoded);
  Writing writing = {.picture = picture, .settings = settings, .report = report};
  writing.jpeg.err = jpeg_std_error(&writing.errors);
  writing.jpeg.client_data = &writing;
  writing.errors.error_exit = onError;
  writing.errors.emit_message = onMessage;
  writing.errors.output_message = onOutput;
  guarded(&writing);
  jpeg_destroy_compress(&writing.jpeg);
  if (writing.status == CImageCodecsStatusOk) {
    encoded->bytes = writing.output.bytes;
    encoded->count = writing.output.count;
  } else {
    free(writing.output.bytes);
  }
  return writing.status;
}
