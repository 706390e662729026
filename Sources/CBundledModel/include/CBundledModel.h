#pragma once

#include <stddef.h>

/// The digit classifier that the program carries: the bytes of `models/digits.onnx`.
const unsigned char *CBundledModel_bytes(void);

/// How many they are.
size_t CBundledModel_count(void);
