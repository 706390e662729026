// Hands the functions of one variant to the rest of the program.

#define CONCATENATED(a, b) a##b
#define TABLE_NAME(suffix) CONCATENATED(CKernels_table, suffix)

const CKernels_Table TABLE_NAME(VARIANT_NAME) = {
    .packConvolution = packConvolution,
    .convolutionScratchBytes = convolutionScratchBytes,
    .convolutionChannelBlocks = convolutionChannelBlocks,
    .convolve = convolve,
    .convolutionWeightGradientScratchBytes = convolutionWeightGradientScratchBytes,
    .convolutionWeightGradient = convolutionWeightGradient,
    .winogradPackedCount = winogradPackedCount,
    .packWinograd = packWinograd,
    .winogradScratchBytes = winogradScratchBytes,
    .convolveWinograd = convolveWinograd,
    .packDense = packDense,
    .dense = dense,
    .denseWeightGradientScratchBytes = denseWeightGradientScratchBytes,
    .denseWeightGradient = denseWeightGradient,
    .activate = activate,
    .siluGradient = siluGradient,
    .rectifierGradient = rectifierGradient,
    .channelMoments = channelMoments,
    .normalize = normalize,
    .normalizationGradientSums = normalizationGradientSums,
    .normalizationGradient = normalizationGradient,
    .halve = halve,
    .unhalve = unhalve,
    .rectifierSecants = rectifierSecants,
    .halvingSecants = halvingSecants,
    .addLaneSums = addLaneSums,
    .fillRegion = fillRegion,
    .peak = peak,
};
