import Networks

extension Operation {
  /// The first edition of ONNX's operators that can say this; 17 at the least.
  var operatorSet: Int {
    switch self {
    case .pointwise(let layer):
      switch layer.kind {
      case .gelu: 20
      case .mish: 18
      case .absolute, .celu, .ceiling, .clippedReLU, .cosine, .elu, .erf, .exponential, .floor,
        .hardSigmoid, .hardSwish, .leakyReLU, .logarithm, .negation, .power, .reciprocal, .relu,
        .round, .selu, .sigmoid, .sign, .silu, .sine, .softplus, .softsign, .square, .squareRoot,
        .tanh, .thresholdedReLU:
        17
      }
    case .averagePooling(let layer):
      layer.window.vertical.dilation > 1 || layer.window.horizontal.dilation > 1 ? 19 : 17
    case .layerNormalization(let layer): layer.centers ? 17 : 23
    case .groupNormalization(let layer): layer.grouping == .instance ? 17 : 21
    case .resize: 18
    case .arithmetic, .arithmeticConstant, .concatenation, .depthToSpace, .expand, .gather,
      .identity, .padding, .parametricReLU, .reduction, .reshape, .slice, .spaceToDepth, .tile,
      .transpose, .convolution, .transposedConvolution, .dense, .maxPooling, .globalPooling,
      .batchNormalization,
      .lpNormalization,
      .localResponseNormalization, .matrixProduct, .softmax, .dropout:
      17
    }
  }
}
