public import Tensors

/// A function applied to each element by itself, with its derivative beside it.
public protocol PointwiseFunction: Sendable, Hashable {
  /// `y = f(x)`
  func value(_ x: Vector) -> Vector

  /// `f′(x)`; only what ``reads`` names is meaningful, the other is zero.
  func derivative(x: Vector, y: Vector) -> Vector

  /// Whether the derivative is computed from the input or from the output. From the output is
  /// cheaper where it is possible: the input's memory is free again.
  static var reads: BackwardReads { get }
}

/// The loops around a ``PointwiseFunction``, specialised for each so that the function is inlined.
extension PointwiseFunction {
  func forward(_ pass: ForwardPass) {
    pass.output.map(pass.inputs[0]) { value($0) }
  }

  /// `dx = dy · f′`
  func backward(_ pass: BackwardPass) {
    guard let dInput = pass.dInputs[0] else { return }
    if Self.reads == .output {
      dInput.map(pass.dOutput, pass.output) { $0 * derivative(x: .zero, y: $1) }
    } else {
      dInput.map(pass.dOutput, pass.inputs[0]) { $0 * derivative(x: $1, y: .zero) }
    }
  }
}
