import Tensors

/// `y = eˣ = y′`
struct Exponential: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.exp() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { y }
}

/// `y = log x`, `y′ = 1/x`.
struct Logarithm: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.log() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 1 / x }
}

/// `y = erf x`, `y′ = 2/√π · e^{−x²}`.
struct ErrorFunction: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.erf() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    1.1283791671 * (0 - x * x).exp()
  }
}

struct Sine: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.sine() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { x.cosine() }
}

struct Cosine: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.cosine() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 0 - x.sine() }
}
