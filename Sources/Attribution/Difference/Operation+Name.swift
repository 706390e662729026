import Networks

extension Operation {
  /// What it is called in a refusal.
  var name: String {
    switch self {
    case .pointwise(let layer): "\(layer.kind)"
    case .arithmetic(let layer): layer.kind.rawValue
    case .arithmeticConstant(let layer): layer.kind.rawValue
    case .globalPooling(let layer): "global \(layer.kind) pooling"
    case .reduction(let layer): "reduction to the \(layer.kind)"
    case .softmax(let layer): "\(layer.kind)"
    case .identity, .reshape, .convolution, .dense, .maxPooling, .averagePooling,
      .batchNormalization, .layerNormalization, .groupNormalization, .lpNormalization,
      .localResponseNormalization, .matrixProduct, .resize, .dropout, .parametricReLU,
      .concatenation, .transpose, .slice, .gather, .padding, .tile, .expand, .depthToSpace,
      .spaceToDepth, .transposedConvolution:
      "\(type(of: layer))"
    }
  }
}
