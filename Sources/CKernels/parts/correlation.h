// Convolution in both directions, as one general sum over windows. For each of `rows · columns`
// pixels of a target, each output channel k,
//
//   target[k][row][column] = Σ over c, tap of weight[k][c][tap]
//                            · source[c][originY + row·stepY + tapY][originX + column·stepX + tapX]
//
// Forward, the taps are the kernel's and the steps its stride. The input's gradient with stride s
// falls into s·s phases: the pixels whose position leaves the same rest when divided by s are
// reached by the same taps, and each phase is a sum of the same form with steps of one.

typedef struct Correlation {
  int32_t sourceChannels, sourceHeight, sourceWidth;
  int32_t targetChannels;
  int32_t rows, columns;
  int32_t originY, originX, stepY, stepX;
  int32_t tapRows, tapColumns;

  /// The taps are a grid: row i is at `firstTapY + i · tapDistanceY` in the source, and in the
  /// kernel at `firstKernelY + i · kernelStepY`; columns alike.
  int32_t firstTapY, tapDistanceY, firstTapX, tapDistanceX;
  int32_t firstKernelY, kernelStepY, firstKernelX, kernelStepX;

  /// Of the target, in elements.
  ptrdiff_t targetPlane, targetRow, targetColumn, targetStart;
} Correlation;
