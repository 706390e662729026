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

  /// The larger, or the smaller, of two values' elements.
  case extremeOfTwo(isLargest: Bool)

  /// The largest, or the smallest, of many elements: over a channel, along axes.
  case extremeOfMany(isLargest: Bool)

  /// The sum of magnitudes along axes.
  case sumOfMagnitudes

  /// Nothing of the kind is known here.
  case none

  /// Whether its output is a broken line along any straight way.
  var isPiecewiseLinear: Bool {
    switch self {
    case .affine, .rectifier, .pointwise(isPiecewiseLinear: true), .maxPooling, .extremeOfTwo,
      .extremeOfMany, .sumOfMagnitudes:
      true
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
    case .globalPooling(let layer):
      layer.kind == .average ? .affine : .extremeOfMany(isLargest: true)
    case .arithmetic(let layer): layer.kind.secantKind
    case .arithmeticConstant(let layer): layer.secantKind
    case .matrixProduct: .product
    case .reduction(let layer): layer.kind.secantKind
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
    case .maximum: .extremeOfTwo(isLargest: true)
    case .minimum: .extremeOfTwo(isLargest: false)
    case .divide, .power: .none
    }
  }
}

extension ReductionKind {
  fileprivate var secantKind: SecantKind {
    switch self {
    case .mean, .sum: .affine
    case .maximum: .extremeOfMany(isLargest: true)
    case .minimum: .extremeOfMany(isLargest: false)
    case .l1: .sumOfMagnitudes
    case .l2, .logSumExp, .product, .sumOfSquares: .none
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
