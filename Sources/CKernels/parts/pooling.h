// Max pooling two by two with stride two: windows neither overlap nor leave the map, whose odd last row
// and column are under none. What costs is the memory, so that each element is read and written once.

/// The larger one; `b` where they are equal or either is NaN.
#define LARGER(a, b) CHOSEN((a) > (b), a, b)

ALWAYS_INLINE void halveRow(ptrdiff_t columns, const char *above, const char *below, char *pooled,
                            char *winners, const int keepsWinners) {
  const Vector one = (Vector){} + 1.0f;
  for (ptrdiff_t x = 0; x < columns; x += 1) {
    UNROLL for (int part = 0; part < parts; part += 1) {
      const ptrdiff_t left = 2 * x * elementBytes + part * VECTOR_BYTES;
      const ptrdiff_t right = left + elementBytes;
      const ptrdiff_t place = x * elementBytes + part * VECTOR_BYTES;
      const Vector a = *(const Vector *)(above + left), b = *(const Vector *)(above + right);
      const Vector c = *(const Vector *)(below + left), d = *(const Vector *)(below + right);
      const Vector ab = LARGER(a, b), cd = LARGER(c, d);
      // The mask's ones are a NaN.
      const Mask isNaN = ((a != a) | (b != b)) | ((c != c) | (d != d));
      *(Vector *)(pooled + place) = (Vector)((Mask)LARGER(ab, cd) | isNaN);
      if (keepsWinners) {
        // Of equal ones the first wins.
        const Vector first = (Vector)((Mask)one & (b > a));
        const Vector second = (Vector)((Mask)one & (d > c)) + 2.0f;
        *(Vector *)(winners + place) = CHOSEN(cd > ab, second, first);
      }
    }
  }
}

static void halve(int32_t channels, int32_t height, int32_t width, const float *source,
                  float *pooled, float *winners) {
  const ptrdiff_t row = (ptrdiff_t)width * elementBytes;
  const int32_t columns = width / 2;
  char *to = (char *)pooled, *won = (char *)winners;
  for (int32_t channel = 0; channel < channels; channel += 1) {
    const char *from = (const char *)source + channel * height * row;
    for (int32_t y = 0; y + 1 < height; y += 2, from += 2 * row, to += columns * elementBytes) {
      if (winners) {
        halveRow(columns, from, from + row, to, won, 1);
        won += columns * elementBytes;
      } else {
        halveRow(columns, from, from + row, to, NULL, 0);
      }
    }
  }
}

static void unhalve(int32_t channels, int32_t height, int32_t width, const float *outputGradient,
                    const float *winners, float *gradient) {
  const ptrdiff_t row = (ptrdiff_t)width * elementBytes;
  const char *from = (const char *)outputGradient, *won = (const char *)winners;
  char *to = (char *)gradient;
  for (int32_t channel = 0; channel < channels; channel += 1) {
    for (int32_t y = 0; y + 1 < height; y += 2, to += 2 * row) {
      for (ptrdiff_t x = 0; x + 1 < width; x += 2, from += elementBytes, won += elementBytes) {
        UNROLL for (int part = 0; part < parts; part += 1) {
          const Vector d = *(const Vector *)(from + part * VECTOR_BYTES);
          const Vector winner = *(const Vector *)(won + part * VECTOR_BYTES);
          UNROLL for (int tap = 0; tap < 4; tap += 1) {
            *(Vector *)(to + (tap / 2) * row + (x + tap % 2) * elementBytes + part * VECTOR_BYTES) =
                (Vector)((Mask)d & (winner == (float)tap));
          }
        }
      }
      if (width % 2 == 1) {
        memset(to + row - elementBytes, 0, elementBytes);
        memset(to + 2 * row - elementBytes, 0, elementBytes);
      }
    }
    if (height % 2 == 1) {
      memset(to, 0, (size_t)row);
      to += row;
    }
  }
}
