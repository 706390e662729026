import Networks

extension Operation {
  /// Where a function of each element changes its slope, if that is the same for all elements.
  var commonKinks: [Float] {
    switch self {
    case .pointwise(let layer): layer.kind.kinks
    case .parametricReLU: [0]
    case .arithmetic, .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
      .convolution, .dense, .depthToSpace, .dropout, .expand, .gather, .globalPooling,
      .groupNormalization, .identity, .layerNormalization, .localResponseNormalization,
      .lpNormalization, .matrixProduct, .maxPooling, .padding, .reduction, .reshape, .resize,
      .slice, .softmax, .spaceToDepth, .tile, .transpose, .transposedConvolution:
      []
    }
  }
}

extension PointwiseKind {
  /// Where a broken line breaks; nothing for curves.
  fileprivate var kinks: [Float] {
    switch self {
    case .relu, .leakyReLU, .absolute: [0]
    case .clippedReLU(let low, let high): [low, high].filter(\.isFinite)
    case .hardSigmoid(let alpha, let beta): [-beta / alpha, (1 - beta) / alpha].filter(\.isFinite)
    case .ceiling, .celu, .cosine, .elu, .erf, .exponential, .floor, .gelu, .hardSwish, .logarithm,
      .mish, .negation, .power, .reciprocal, .round, .selu, .sigmoid, .sign, .silu, .sine,
      .softplus, .softsign, .square, .squareRoot, .tanh, .thresholdedReLU:
      []
    }
  }
}
