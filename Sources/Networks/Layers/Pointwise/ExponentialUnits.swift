import Tensors

/// ELU, `y = α (eˣ − 1)` up to zero, `x` above.
///
/// Reference: Clevert, Unterthiner, Hochreiter, arXiv:1511.07289.
struct ExponentialUnit: PointwiseFunction {
  let alpha: Float

  // From the output, `y + α`, only if α is positive.
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    (x.expMinusOne() * alpha).replacing(with: x, where: x .> 0)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    (x.exp() * alpha).replacing(with: 1, where: x .> 0)
  }
}

/// CELU, `y = α (e^{x/α} − 1)` up to zero, `x` above: its slope is continuous for every α.
///
/// Reference: Barron, arXiv:1704.07483.
struct ContinuousExponentialUnit: PointwiseFunction {
  let alpha: Float

  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    ((x / alpha).expMinusOne() * alpha).replacing(with: x, where: x .> 0)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    (x / alpha).exp().replacing(with: 1, where: x .> 0)
  }
}

/// SELU, `y = λ ELU(x)` with the λ and α that hold mean 0 and variance 1 from layer to layer.
///
/// Reference: Klambauer, Unterthiner, Mayr, Hochreiter, arXiv:1706.02515.
struct SelfNormalizingUnit: PointwiseFunction {
  private static let scale: Float = 1.0507009873554805
  private static let scaledAlpha: Float = 1.0507009873554805 * 1.6732632423543772

  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector {
    (x.expMinusOne() * Self.scaledAlpha).replacing(with: x * Self.scale, where: x .> 0)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    (y + Self.scaledAlpha).replacing(with: Self.scale, where: y .> 0)
  }
}
