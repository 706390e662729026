import Tensors

/// `y = 1 / (1 + e⁻ˣ)`, `y′ = y (1 − y)`.
struct Sigmoid: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.sigmoid() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { y * (1 - y) }

  func forward(_ pass: ForwardPass) {
    ActivationKernel.sigmoid.run(pass.inputs[0], into: pass.output, variant: pass.purpose.kernels)
  }
}

/// `y = α x + β` held between 0 and 1.
struct HardSigmoid: PointwiseFunction {
  let alpha: Float
  let beta: Float

  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { (x * alpha + beta).held(from: 0, to: 1) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    Vector.zero.replacing(with: alpha, where: (y .> 0) .& (y .< 1))
  }
}

/// `y = tanh x`, `y′ = 1 − y²`.
struct HyperbolicTangent: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.tanh() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 1 - y * y }
}

/// `y = x / (1 + |x|)`, `y′ = (1 − |y|)²`.
struct Softsign: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x / (1 + x.magnitudes) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    let rest = 1 - y.magnitudes
    return rest * rest
  }
}

/// `y = log(1 + eˣ)`, computed as `max(x, 0) + log(1 + e^{−|x|})`, which never overflows;
/// `y′ = sigmoid(x) = 1 − e⁻ʸ`.
struct Softplus: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector {
    x.replacing(with: 0, where: x .< 0) + (0 - x.magnitudes).exp().logOnePlus()
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 0 - (0 - y).expMinusOne() }
}
