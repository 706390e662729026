import Tensors

/// A function applied to each element by itself, with its derivative beside it.
protocol PointwiseFunction: Sendable {
  /// `y = f(x)`
  func value(_ x: Vector) -> Vector

  /// `f′(x)`; only what ``reads`` names is meaningful, the other is zero.
  func derivative(x: Vector, y: Vector) -> Vector

  /// Whether the derivative is computed from the input, from the output or from neither. From the
  /// output is cheaper where it is possible: the input's memory is free again.
  static var reads: BackwardReads { get }

  // The loops are requirements, though none is ever written out, because a requirement is compiled
  // once for each function, with the function inlined; called on `any PointwiseFunction`, a mere
  // extension method would call `value` through a table for every element.
  func forward(_ pass: ForwardPass)
  func backward(_ pass: BackwardPass)
}

extension PointwiseFunction {
  func forward(_ pass: ForwardPass) {
    pass.output.map(pass.inputs[0]) { value($0) }
  }

  /// `dx = dy · f′`
  func backward(_ pass: BackwardPass) {
    guard let dInput = pass.dInputs[0] else { return }
    if Self.reads == .output {
      dInput.map(pass.dOutput, pass.output) { $0 * derivative(x: .zero, y: $1) }
    } else if Self.reads == .inputs {
      dInput.map(pass.dOutput, pass.inputs[0]) { $0 * derivative(x: $1, y: .zero) }
    } else {
      dInput.map(pass.dOutput) { $0 * derivative(x: .zero, y: .zero) }
    }
  }
}
