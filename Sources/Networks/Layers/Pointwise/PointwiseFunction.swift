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

  // The loops are requirements, though few are ever written out (those with kernels of their own),
  // because a requirement is compiled once for each function, with the function inlined; called on
  // `any PointwiseFunction`, a mere extension method would call `value` through a table for every
  // element.
  func forward(_ pass: ForwardPass)
  func backward(_ pass: BackwardPass)
}

// Written out rather than with `map`: closures as long as these are not inlined there, and a call for
// each element costs as much as a ReLU.
extension PointwiseFunction {
  func forward(_ pass: ForwardPass) {
    let (x, y) = (pass.inputs[0], pass.output)
    precondition(x.count == y.count, "\(x.count) elements mapped to \(y.count)")
    for i in 0..<y.count { y[i] = value(x[i]) }
  }

  /// `dx = dy · f′`
  func backward(_ pass: BackwardPass) {
    guard let dx = pass.dInputs[0] else { return }
    let dy = pass.dOutput
    precondition(dx.count == dy.count, "gradients of \(dy.count) elements to \(dx.count)")
    if Self.reads == .output {
      let y = pass.output
      precondition(y.count == dy.count, "gradients of \(dy.count) for \(y.count) elements")
      for i in 0..<dx.count { dx[i] = dy[i] * derivative(x: .zero, y: y[i]) }
    } else if Self.reads == .inputs {
      let x = pass.inputs[0]
      precondition(x.count == dy.count, "gradients of \(dy.count) for \(x.count) elements")
      for i in 0..<dx.count { dx[i] = dy[i] * derivative(x: x[i], y: .zero) }
    } else {
      for i in 0..<dx.count { dx[i] = dy[i] * derivative(x: .zero, y: .zero) }
    }
  }
}
