import Tensors

/// `y = −x`
struct Negation: PointwiseFunction {
  static let reads: BackwardReads = []

  @inline(__always) func value(_ x: Vector) -> Vector { 0 - x }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { Vector(repeating: -1) }
}

/// `y = |x|`, `y′ = sign x`.
struct AbsoluteValue: PointwiseFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector { x.magnitudes }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { x.signs }
}

/// −1, 0 or 1; the derivative is zero.
struct Sign: PointwiseFunction {
  static let reads: BackwardReads = []

  @inline(__always) func value(_ x: Vector) -> Vector { x.signs }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { .zero }
}

/// The input rounded to an integer; the derivative is zero.
struct Step: PointwiseFunction {
  private let rule: FloatingPointRoundingRule

  init(_ rule: FloatingPointRoundingRule) { self.rule = rule }

  static let reads: BackwardReads = []

  @inline(__always) func value(_ x: Vector) -> Vector { x.rounded(rule) }
  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector { .zero }
}

extension Vector {
  /// −1, 0 or 1 in each lane; NaN stays NaN.
  @inline(__always) var signs: Vector {
    replacing(with: 1, where: self .> 0).replacing(with: -1, where: self .< 0)
  }
}
