import Networks

/// What a layer does with the positive and the negative part of a change.
enum SignRole: Hashable {
  /// Adds its inputs up with weights of either sign.
  case weighs

  /// Each output comes from one input: parts go through, and change places where the slope is
  /// negative.
  case carries

  /// Adds several inputs up, all with one sign.
  case mixes

  /// A function of each element by itself that is not affine.
  case bends

  /// Everything else: knows the change as a whole only.
  case other
}

extension Operation {
  var signRole: SignRole {
    switch self {
    case .convolution, .dense, .transposedConvolution: .weighs
    case .identity, .reshape, .dropout, .batchNormalization, .concatenation, .transpose, .slice,
      .gather, .padding, .tile, .expand, .depthToSpace, .spaceToDepth:
      .carries
    case .averagePooling, .globalPooling, .resize, .arithmetic, .reduction:
      secantKind == .affine ? .mixes : .other
    case .pointwise, .parametricReLU, .arithmeticConstant:
      secantKind == .affine ? .carries : .bends
    case .maxPooling, .matrixProduct, .layerNormalization, .groupNormalization, .lpNormalization,
      .localResponseNormalization, .softmax:
      .other
    }
  }
}
