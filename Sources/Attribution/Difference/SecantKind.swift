import Networks

/// How a layer behaves between two inputs, which decides what a difference is multiplied by on its
/// way back.
enum SecantKind: Hashable {
  /// The multiplier is the gradient, the same everywhere.
  case affine

  /// A rectifier: `relu`.
  case rectifier

  /// A function of each element by itself; straight between kinks, or curved.
  case pointwise(isPiecewiseLinear: Bool)

  /// A product of two values: each multiplier is the mean of the other at both ends.
  case product

  /// The maximum over windows.
  case maxPooling

  /// The maximum over all places of a channel.
  case globalMaximum

  /// Nothing of the kind is known here.
  case none

  /// Whether its output is a broken line along any straight way.
  var isPiecewiseLinear: Bool {
    switch self {
    case .affine, .rectifier, .pointwise(isPiecewiseLinear: true), .maxPooling, .globalMaximum: true
    case .pointwise(isPiecewiseLinear: false), .product, .none: false
    }
  }
}

extension Operation {
  var secantKind: SecantKind {
    switch self {
    case .identity, .reshape, .convolution, .dense, .averagePooling, .batchNormalization, .resize,
      .dropout, .concatenation, .transpose, .slice, .gather, .padding, .tile, .expand,
      .depthToSpace, .spaceToDepth, .transposedConvolution:
      .affine
    case .pointwise(let layer): layer.kind.secantKind
    case .parametricReLU: .pointwise(isPiecewiseLinear: true)
    case .maxPooling: .maxPooling
    case .globalPooling(let layer): layer.kind == .average ? .affine : .globalMaximum
    case .arithmetic(let layer): layer.kind.secantKind
    case .arithmeticConstant(let layer): layer.secantKind
    case .matrixProduct: .product
    case .reduction(let layer): layer.kind == .mean || layer.kind == .sum ? .affine : .none
    case .layerNormalization, .groupNormalization, .lpNormalization, .localResponseNormalization,
      .softmax:
      .none
    }
  }
}

extension PointwiseKind {
  fileprivate var secantKind: SecantKind {
    switch self {
    case .relu: .rectifier
    case .negation: .affine
    case .absolute, .clippedReLU, .leakyReLU, .hardSigmoid: .pointwise(isPiecewiseLinear: true)
    case .ceiling, .floor, .round, .sign, .thresholdedReLU: .pointwise(isPiecewiseLinear: false)
    case .celu, .cosine, .elu, .erf, .exponential, .gelu, .hardSwish, .logarithm, .mish, .power,
      .reciprocal, .selu, .sigmoid, .silu, .sine, .softplus, .softsign, .square, .squareRoot, .tanh:
      .pointwise(isPiecewiseLinear: false)
    }
  }
}

extension ArithmeticKind {
  fileprivate var secantKind: SecantKind {
    switch self {
    case .add, .subtract: .affine
    case .multiply: .product
    case .divide, .maximum, .minimum, .power: .none
    }
  }
}

extension ArithmeticConstant {
  fileprivate var secantKind: SecantKind {
    switch kind {
    case .add, .subtract, .multiply: .affine
    case .divide: side == .right ? .affine : .pointwise(isPiecewiseLinear: false)
    case .maximum, .minimum: .pointwise(isPiecewiseLinear: true)
    case .power: .pointwise(isPiecewiseLinear: false)
    }
  }
}
