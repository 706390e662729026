import Tensors

/// The functions of one variable that a network may apply.
public enum PointwiseKind: Sendable, Hashable {
  /// `|x|`
  case absolute

  /// `α (e^{x/α} − 1)` below zero, the identity above.
  case celu(alpha: Float)

  /// The nearest integer above.
  case ceiling

  /// `x` held between two bounds: ReLU6, hard tanh, clip.
  case clippedReLU(low: Float, high: Float)

  case cosine

  /// `α (eˣ − 1)` below zero, the identity above.
  case elu(alpha: Float)

  /// The error function.
  case erf

  /// `eˣ`
  case exponential

  /// The nearest integer below.
  case floor

  /// `x Φ(x)` with the normal distribution function, exactly or through a hyperbolic tangent.
  case gelu(GELUForm)

  /// `α x + β` held between 0 and 1.
  case hardSigmoid(alpha: Float, beta: Float)

  /// `x` times the hard sigmoid with α = 1/6, β = 1/2.
  case hardSwish

  /// `slope · x` below zero, the identity above.
  case leakyReLU(slope: Float)

  /// The natural logarithm.
  case logarithm

  /// `x tanh(softplus(x))`
  case mish

  /// `−x`
  case negation

  /// `x` to a constant power.
  case power(Float)

  /// `1 / x`
  case reciprocal

  /// `max(0, x)`
  case relu

  /// The nearest integer, ties to even.
  case round

  /// ELU with the α and the scale that keep mean 0 and variance 1.
  case selu

  /// `1 / (1 + e⁻ˣ)`
  case sigmoid

  /// −1, 0 or 1.
  case sign

  /// `x · sigmoid(x)`, also called swish.
  case silu

  case sine

  /// `log(1 + eˣ)`
  case softplus

  /// `x / (1 + |x|)`
  case softsign

  case square
  case squareRoot

  /// The hyperbolic tangent.
  case tanh

  /// `x` above a threshold, zero up to it.
  case thresholdedReLU(threshold: Float)

  /// How ``gelu(_:)`` is computed.
  public enum GELUForm: String, Sendable, Hashable {
    /// Through the error function.
    case erf

    /// Through a hyperbolic tangent, which differs in the third decimal.
    case tanh
  }

  /// The bounds, if holding `x` between two is all that it does.
  var bounds: ResultBounds? {
    if case .relu = self { return .rectified }
    if case .clippedReLU(let low, let high) = self { return ResultBounds(low: low, high: high) }
    return nil
  }

  /// Whether the slope is another above zero than below.
  var bendsAtZero: Bool {
    switch self {
    case .absolute, .celu, .elu, .leakyReLU, .relu, .selu, .sign: true
    case .clippedReLU(let low, let high): low == 0 || high == 0
    case .thresholdedReLU(let threshold): threshold == 0
    case .ceiling, .cosine, .erf, .exponential, .floor, .gelu, .hardSigmoid, .hardSwish,
      .logarithm, .mish, .negation, .power, .reciprocal, .round, .sigmoid, .silu, .sine,
      .softplus, .softsign, .square, .squareRoot, .tanh:
      false
    }
  }

  /// The function itself.
  var function: any PointwiseFunction {
    switch self {
    case .absolute: AbsoluteValue()
    case .celu(let alpha): ContinuousExponentialUnit(alpha: alpha)
    case .ceiling: Step(.up)
    case .clippedReLU(let low, let high): ClippedRectifier(low: low, high: high)
    case .cosine: Cosine()
    case .elu(let alpha): ExponentialUnit(alpha: alpha)
    case .erf: ErrorFunction()
    case .exponential: Exponential()
    case .floor: Step(.down)
    case .gelu(.erf): GaussianUnit()
    case .gelu(.tanh): ApproximateGaussianUnit()
    case .hardSigmoid(let alpha, let beta): HardSigmoid(alpha: alpha, beta: beta)
    case .hardSwish: HardSwish()
    case .leakyReLU(let slope): LeakyRectifier(slope: slope)
    case .logarithm: Logarithm()
    case .mish: Mish()
    case .negation: Negation()
    case .power(let exponent): Power(exponent: exponent)
    case .reciprocal: Reciprocal()
    case .relu: Rectifier()
    case .round: Step(.toNearestOrEven)
    case .selu: SelfNormalizingUnit()
    case .sigmoid: Sigmoid()
    case .sign: Sign()
    case .silu: SigmoidUnit()
    case .sine: Sine()
    case .softplus: Softplus()
    case .softsign: Softsign()
    case .square: Square()
    case .squareRoot: SquareRoot()
    case .tanh: HyperbolicTangent()
    case .thresholdedReLU(let threshold): ThresholdedRectifier(threshold: threshold)
    }
  }
}
