#include "CBundledModel.h"

// The compiler reads the file, so that the program needs nothing beside it and the repository holds
// the model once.
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char bytes[] = {
#embed "../../models/digits.onnx"
};

const unsigned char *CBundledModel_bytes(void) { return bytes; }

size_t CBundledModel_count(void) { return sizeof bytes; }
