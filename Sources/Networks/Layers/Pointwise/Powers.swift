import Tensors

/// `y = x²`, `y′ = 2x`.
struct Square: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x * x }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { x + x }
}

/// `y = √x`, `y′ = 1/(2y)`.
struct SquareRoot: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.squareRoot() }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 0.5 / y }
}

/// `y = 1/x`, `y′ = −y²`.
struct Reciprocal: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { 1 / x }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { 0 - y * y }
}

/// `y = xᵖ`, `y′ = p xᵖ⁻¹`, and zero everywhere if p is.
struct Power: PointwiseFunction {
  let exponent: Float

  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.power(Vector(repeating: exponent)) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    guard exponent != 0 else { return .zero }
    return exponent * x.power(Vector(repeating: exponent - 1))
  }
}
