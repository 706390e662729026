import Tensors

/// A function of two numbers with its two slopes beside it.
protocol ArithmeticFunction {
  /// `y = f(a, b)`
  static func value(_ a: Vector, _ b: Vector) -> Vector

  /// `∂f/∂a`
  static func slopeA(_ a: Vector, _ b: Vector) -> Vector

  /// `∂f/∂b`
  static func slopeB(_ a: Vector, _ b: Vector) -> Vector

  /// Whether the slopes depend on `a` and `b`; otherwise they are called with zeros.
  static var slopesReadOperands: Bool { get }

  // The loops over two values, and over a value and a constant. They are requirements so that each
  // function has its own, compiled with it; see ``PointwiseFunction``.
  static func forward(_ pass: ForwardPass)
  static func backward(_ pass: BackwardPass)
  static func forward(_ pass: ForwardPass, _ constant: Constant, on side: ArithmeticConstant.Side)
  static func backward(
    _ pass: BackwardPass, _ constant: Constant, on side: ArithmeticConstant.Side)
}

/// Where an operand's elements come from.
protocol ElementSource {
  subscript(index: Int) -> Vector { get }
}

extension LanesView: ElementSource {}

/// A parameter as an operand: the same number for all samples.
struct Constant: ElementSource {
  let shape: Shape
  let values: [Float]

  init(_ parameter: Parameter) { (shape, values) = (parameter.shape, parameter.values) }

  subscript(index: Int) -> Vector { @inline(__always) get { Vector(repeating: values[index]) } }
}

extension ArithmeticFunction {
  static func forward(_ pass: ForwardPass) {
    let walk = RowWalk(pass.outputShape, pass.inputShapes[0], pass.inputShapes[1])
    compute(pass.inputs[0], pass.inputs[1], walk, pass.output)
  }

  static func forward(
    _ pass: ForwardPass, _ constant: Constant, on side: ArithmeticConstant.Side
  ) {
    switch side {
    case .left:
      let walk = RowWalk(pass.outputShape, constant.shape, pass.inputShapes[0])
      compute(constant, pass.inputs[0], walk, pass.output)
    case .right:
      let walk = RowWalk(pass.outputShape, pass.inputShapes[0], constant.shape)
      compute(pass.inputs[0], constant, walk, pass.output)
    }
  }

  static func backward(_ pass: BackwardPass) {
    let walk = RowWalk(pass.outputShape, pass.inputShapes[0], pass.inputShapes[1])
    let (a, b) = (pass.inputs[0], pass.inputs[1])
    // The second operand's gradient first: the first one's may go where `dOutput` is.
    if let dB = pass.dInputs[1] { gradientB(a, b, walk, pass.dOutput, into: dB) }
    if let dA = pass.dInputs[0] { gradientA(a, b, walk, pass.dOutput, into: dA) }
  }

  static func backward(
    _ pass: BackwardPass, _ constant: Constant, on side: ArithmeticConstant.Side
  ) {
    let input = pass.inputs[0]
    let sink = pass.dParameters[0].map { ParameterSink($0, activeLanes: pass.group.activeLanes) }
    switch side {
    case .left:
      let walk = RowWalk(pass.outputShape, constant.shape, pass.inputShapes[0])
      if let sink { gradientA(constant, input, walk, pass.dOutput, sink) }
      if let dB = pass.dInputs[0] { gradientB(constant, input, walk, pass.dOutput, into: dB) }
    case .right:
      let walk = RowWalk(pass.outputShape, pass.inputShapes[0], constant.shape)
      if let sink { gradientB(input, constant, walk, pass.dOutput, sink) }
      if let dA = pass.dInputs[0] { gradientA(input, constant, walk, pass.dOutput, into: dA) }
    }
  }
}
