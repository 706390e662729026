public import Tensors

/// ReLU, `y = max(0, x)`.
///
/// The derivative at zero is zero, as everywhere in practice. NaN stays NaN.
public struct Rectifier: PointwiseFunction {
  public init() {}

  public static let reads = BackwardReads.output

  public func value(_ x: Vector) -> Vector { x.replacing(with: 0, where: x .< 0) }

  public func derivative(x: Vector, y: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: y .> 0)
  }
}
