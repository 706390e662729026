import Tensors

/// SiLU or swish, `y = x s` with `s = sigmoid(x)`; `y′ = s (1 + x (1 − s))`.
///
/// Reference: Elfwing, Uchibe, Doya, arXiv:1702.03118.
struct SigmoidUnit: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x * x.sigmoid() }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    let s = x.sigmoid()
    return s * (1 + x * (1 - s))
  }

  func forward(_ pass: ForwardPass) {
    ActivationKernel.silu.run(pass.inputs[0], into: pass.output, variant: pass.purpose.kernels)
  }

  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dInputs[0] else { return }
    ActivationKernel.siluGradient(
      pass.inputs[0], pass.dOutput, into: dx, variant: pass.purpose.kernels)
  }
}

/// `y = x · min(max(x/6 + 1/2, 0), 1)`
///
/// Reference: Howard et al., "Searching for MobileNetV3", arXiv:1905.02244.
struct HardSwish: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    x * (x * (1 / 6) + 0.5).held(from: 0, to: 1)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    (x * (1 / 3) + 0.5).replacing(with: 0, where: x .<= -3).replacing(with: 1, where: x .>= 3)
  }

  func forward(_ pass: ForwardPass) {
    ActivationKernel.hardSwish.run(
      pass.inputs[0], into: pass.output, variant: pass.purpose.kernels)
  }
}

/// `y = x t` with `t = tanh(log(1 + eˣ))`.
///
/// With `n = eˣ (eˣ + 2)` the logarithm and the tangent cancel: `t = n / (n + 2)`. From x = 20 on
/// `t` is 1 to rounding.
///
/// Reference: Misra, arXiv:1908.08681.
struct Mish: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    let e = x.held(from: -100, to: 20).exp()
    let n = e * (e + 2)
    return x * (n / (n + 2))
  }

  /// `y′ = t + x t′` with `t′ = 4 eˣ (eˣ + 1) / (n + 2)²`
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    let e = x.held(from: -100, to: 20).exp()
    let n = e * (e + 2)
    let denominator = n + 2
    let slope = 4 * e * (e + 1) / (denominator * denominator)
    return n / denominator + x * slope
  }
}

/// GELU, `y = x Φ(x)` with the normal distribution function `Φ(x) = (1 + erf(x/√2)) / 2`;
/// `y′ = Φ(x) + x φ(x)`.
///
/// Reference: Hendrycks, Gimpel, arXiv:1606.08415.
struct GaussianUnit: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x * distribution(x) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    let density = 0.3989422804 * (x * x * -0.5).exp()
    return distribution(x) + x * density
  }

  @inline(__always) private func distribution(_ x: Vector) -> Vector {
    0.5 + 0.5 * (x * 0.70710678118).erf()
  }
}

/// GELU as most programs once approximated it: `y = x (1 + tanh u) / 2` with
/// `u = √(2/π) (x + 0.044715 x³)`.
struct ApproximateGaussianUnit: PointwiseFunction {
  private static let scale: Float = 0.7978845608
  private static let cubic: Float = 0.044715

  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { 0.5 * x * (1 + inner(x).tanh()) }

  /// `y′ = (1 + t)/2 + x (1 − t²) u′ / 2`
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    let t = inner(x).tanh()
    let innerSlope = Self.scale * (1 + 3 * Self.cubic * x * x)
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * innerSlope
  }

  @inline(__always) private func inner(_ x: Vector) -> Vector {
    Self.scale * (x + Self.cubic * x * x * x)
  }
}
