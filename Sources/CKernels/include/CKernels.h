/// The innermost loops in which a network spends its time, and only they: Swift compiles for the oldest
/// machine of an architecture and cannot choose instructions at run time, C can. One source
/// (`parts/`) is compiled once for each instruction set, and `CKernels_select` hands out the table of
/// functions that the caller asks for.
///
/// An *element* is sixteen floats on a 64-byte boundary, one for each sample of a group; a tensor of
/// one group is `[channel][row][column]` of elements. Every call works on one group unless it says
/// otherwise, allocates nothing, keeps no state, and does its sums in an order that depends on the
/// sizes alone.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// The instruction sets that there is a table for.
typedef enum __attribute__((enum_extensibility(closed))) CKernels_Variant : int32_t {
  CKernels_VariantAVX512,
  CKernels_VariantAVX2,
  CKernels_VariantNEON,
  CKernels_VariantPlain,
} CKernels_Variant;

/// The sizes of a convolution. Padding at the bottom and at the right follows from the output's
/// size; the input is zero wherever a window reaches outside.
typedef struct CKernels_Convolution {
  int32_t inputChannels, inputHeight, inputWidth;
  int32_t outputChannels, outputHeight, outputWidth;
  int32_t kernelHeight, kernelWidth;
  int32_t strideY, strideX;
  int32_t dilationY, dilationX;
  int32_t padTop, padLeft;
  int32_t groups;
} CKernels_Convolution;

/// Which of the two products with the weights is meant: output = W * input, or the gradient of the
/// input = Wᵀ * gradient of the output.
typedef enum __attribute__((enum_extensibility(closed))) CKernels_Direction : int32_t {
  CKernels_DirectionForward,
  CKernels_DirectionBackward,
} CKernels_Direction;

/// Winograd's minimal filtering F(m·m, r·r): m is the side of the outputs that one tile makes, r the
/// kernel's side.
typedef enum __attribute__((enum_extensibility(closed))) CKernels_Winograd : int32_t {
  CKernels_WinogradF2K3,
  CKernels_WinogradF4K3,
  CKernels_WinogradF2K5,
  CKernels_WinogradF4K5,
} CKernels_Winograd;

/// The activations that are worth the machine's own instructions, because networks that have them
/// spend much of their time there.
typedef enum __attribute__((enum_extensibility(closed))) CKernels_Activation : int32_t {
  /// 1 / (1 + e⁻ˣ)
  CKernels_ActivationSigmoid,
  /// x / (1 + e⁻ˣ)
  CKernels_ActivationSiLU,
  /// x times (x / 6 + 1/2 held between 0 and 1)
  CKernels_ActivationHardSwish,
  /// x held between two bounds
  CKernels_ActivationClip,
} CKernels_Activation;

/// What a result is held between while it is still in a register: 0 and infinity for a ReLU, 0 and 6
/// for a ReLU6. NaN passes.
typedef struct CKernels_Bounds {
  float low, high;
} CKernels_Bounds;

/// Values at the other end of differences: element by element behind `first`, except for the last one,
/// which stands at `last`, because where neighbouring lanes are meant it would reach beyond the
/// memory. Neither needs a boundary.
typedef struct CKernels_OtherEnd {
  const float *first;
  const float *last;
} CKernels_OtherEnd;

/// Batch normalisation of one channel: (x − mean) · reciprocal · scale + bias.
typedef struct CKernels_Normalization {
  float mean, reciprocal, scale, bias;
} CKernels_Normalization;

/// Where a region of a map lies in each lane.
typedef struct CKernels_LanePlaces {
  /// Where it begins in the map; it may reach beyond.
  int32_t top[16], left[16];

  /// Where it begins in the patch, likewise.
  int32_t patchTop[16], patchLeft[16];

  /// The rows and columns of the region that are taken from the patch.
  int32_t changedTop[16], changedBottom[16], changedLeft[16], changedRight[16];
} CKernels_LanePlaces;

/// A region of a map that lies at a place of its own in each lane.
typedef struct CKernels_LaneRegion {
  /// The whole map.
  int32_t channels, height, width;

  /// The region's size, and the part of it that is needed.
  int32_t rows, columns;
  int32_t firstRow, endRow, firstColumn, endColumn;

  /// The size of the patch, `[channels][patchRows][patchColumns]`.
  int32_t patchRows, patchColumns;

  /// From element to element of the base, and from lane to lane, in floats: 16 and 1, or 1 and 0 for a
  /// map that all lanes share.
  int32_t baseStep, baseLaneStep;

  /// What it has beyond the map.
  float outside;
} CKernels_LaneRegion;

/// The kernels of one instruction set.
///
/// Weights are packed once into the order that the loops read. Scratch memory is on a 64-byte
/// boundary and its size is asked for beforehand.
typedef struct CKernels_Table {
  /// Brings weights `[outputChannels][inputChannels / groups][kernelHeight][kernelWidth]` into the
  /// order of one direction; as many floats out as in.
  void (*packConvolution)(const CKernels_Convolution *sizes, CKernels_Direction direction,
                          const float *weights, float *packed);

  size_t (*convolutionScratchBytes)(const CKernels_Convolution *sizes,
                                    CKernels_Direction direction);

  /// Forward convolutions that differ only in the sides of their maps have the same packed weights if
  /// this is the same.
  int32_t (*convolutionChannelBlocks)(const CKernels_Convolution *sizes);

  /// Forward, `source` is the input and `target` the output; backward, the gradient of the output
  /// and that of the input. `bias` (may be null) has one number for each channel of the target;
  /// `bounds` may be null.
  void (*convolve)(const CKernels_Convolution *sizes, CKernels_Direction direction,
                   const float *packed, const float *_Nullable bias,
                   const CKernels_Bounds *_Nullable bounds, const float *source, float *target,
                   void *scratch);

  size_t (*convolutionWeightGradientScratchBytes)(const CKernels_Convolution *sizes);

  /// Adds the weights' gradient, summed over the first `activeLanes` samples, to `weightGradient`
  /// (in the weights' own order), and the bias's to `biasGradient` (may be null).
  void (*convolutionWeightGradient)(const CKernels_Convolution *sizes, int32_t activeLanes,
                                    const float *input, const float *outputGradient,
                                    float *weightGradient, float *_Nullable biasGradient,
                                    void *scratch);

  /// The floats of weights packed for Winograd's method.
  size_t (*winogradPackedCount)(const CKernels_Convolution *sizes, CKernels_Winograd kind);

  /// Transforms the weights of a convolution with stride, dilation and groups of one.
  void (*packWinograd)(const CKernels_Convolution *sizes, CKernels_Winograd kind,
                       CKernels_Direction direction, const float *weights, float *packed);

  size_t (*winogradScratchBytes)(const CKernels_Convolution *sizes, CKernels_Winograd kind,
                                 CKernels_Direction direction);

  /// The same as `convolve`, with fewer multiplications.
  void (*convolveWinograd)(const CKernels_Convolution *sizes, CKernels_Winograd kind,
                           CKernels_Direction direction, const float *packed,
                           const float *_Nullable bias,
                           const CKernels_Bounds *_Nullable bounds, const float *source,
                           float *target, void *scratch);

  /// Brings weights `[outputs][inputs]` into the order of one direction; as many floats out as in.
  void (*packDense)(int32_t inputs, int32_t outputs, CKernels_Direction direction,
                    const float *weights, float *packed);

  /// A matrix product for several groups at once, which reads the weights once for up to four of
  /// them. Directions, bias and bounds as for `convolve`.
  void (*dense)(int32_t inputs, int32_t outputs, CKernels_Direction direction, const float *packed,
                const float *_Nullable bias, const CKernels_Bounds *_Nullable bounds,
                int32_t groupCount,
                const float *const _Nonnull *_Nonnull sources,
                float *const _Nonnull *_Nonnull targets);

  size_t (*denseWeightGradientScratchBytes)(int32_t inputs, int32_t outputs);

  /// Adds one group's gradients, as `convolutionWeightGradient` does.
  void (*denseWeightGradient)(int32_t inputs, int32_t outputs, int32_t activeLanes,
                              const float *input, const float *outputGradient,
                              float *weightGradient, float *_Nullable biasGradient, void *scratch);

  /// Applies a function to each element; `target` may be `source`. The bounds are those of a clip.
  void (*activate)(CKernels_Activation kind, float low, float high, size_t elements,
                   const float *source, float *target);

  /// The gradient of a SiLU's input, of which `source` is the input; `gradient` may be
  /// `outputGradient`.
  void (*siluGradient)(size_t elements, const float *source, const float *outputGradient,
                       float *gradient);

  /// The gradient of a ReLU's input, of which `result` is the output; `gradient` may be
  /// `outputGradient`.
  void (*rectifierGradient)(size_t elements, const float *result, const float *outputGradient,
                            float *gradient);

  /// Max pooling two by two with stride two. `winners` (may be null) get the number of each window's
  /// largest element, row by row, the first of equal ones; a window with a NaN gives NaN.
  void (*halve)(int32_t channels, int32_t height, int32_t width, const float *source,
                float *pooled, float *_Nullable winners);

  /// The gradient of the input of `halve`, whose sizes these are.
  void (*unhalve)(int32_t channels, int32_t height, int32_t width, const float *outputGradient,
                  const float *winners, float *gradient);

  /// The gradient times what a ReLU's output changes between its inputs `here` and at the other end,
  /// divided by what the input changes; zero where both are. `gradient` may be `outputGradient`.
  void (*rectifierSecants)(size_t elements, const float *here, const CKernels_OtherEnd *other,
                           const float *outputGradient, float *gradient);

  /// The same of `halve`, whose sizes these are, as a running maximum over each window, and of a
  /// ReLU behind it (`isRectified`).
  void (*halvingSecants)(int32_t channels, int32_t height, int32_t width, int32_t isRectified,
                         const float *here, const CKernels_OtherEnd *other,
                         const float *outputGradient, float *gradient);

  /// Adds to each of `sums` its element's lanes times their weights (sixteen, on no boundary); what has
  /// none may be a NaN.
  void (*addLaneSums)(size_t elements, const float *weights, const float *source, float *sums);

  /// Σ (x − center) and Σ (x − center)² over a channel's elements and the first `activeLanes` samples.
  void (*channelMoments)(size_t elements, int32_t activeLanes, float center, const float *source,
                         double *totals);

  /// Normalises a channel; `bounds` may be null, `target` may be `source`.
  void (*normalize)(const CKernels_Normalization *normalization,
                    const CKernels_Bounds *_Nullable bounds, size_t elements, const float *source,
                    float *target);

  /// Σ dy and Σ dy · (x − mean) over a channel's elements and the first `activeLanes` samples, where
  /// dy is the gradient of the normalised values: `outputGradient`, or zero where a ReLU behind them
  /// (`isRectified`) is.
  void (*normalizationGradientSums)(const CKernels_Normalization *normalization,
                                    int32_t isRectified, size_t elements, int32_t activeLanes,
                                    const float *source, const float *outputGradient,
                                    double *totals);

  /// (dy − dMean − (x − mean) · reciprocal · dSlope) · scale · reciprocal, with dy as above;
  /// `gradient` may be `outputGradient`.
  void (*normalizationGradient)(const CKernels_Normalization *normalization, int32_t isRectified,
                                float dMean, float dSlope, size_t elements, const float *source,
                                const float *outputGradient, float *gradient);

  /// Writes a region `[channels][rows][columns]` of elements: the patch's where that counts, the base's
  /// elsewhere. What lies beyond the needed rows and columns is left as it is.
  void (*fillRegion)(const CKernels_LaneRegion *region, const CKernels_LanePlaces *places,
                     const float *base, const float *_Nullable patch, float *target);

  /// Does `rounds` rounds of nothing but independent multiply-adds and returns how many floating
  /// point operations that were; the time it takes is the measure of the other functions.
  double (*peak)(int64_t rounds);
} CKernels_Table;

/// The table of a variant, or null if this machine cannot run it.
const CKernels_Table *_Nullable CKernels_select(CKernels_Variant variant);

#pragma clang assume_nonnull end

#endif
