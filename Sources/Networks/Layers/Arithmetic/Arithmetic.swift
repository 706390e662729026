public import Tensors

/// Adds, multiplies, … two values element by element, stretched to a common shape by NumPy's rule.
public struct Arithmetic: Layer, Hashable {
  public let kind: ArithmeticKind

  public init(_ kind: ArithmeticKind) { self.kind = kind }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 2...2, parameters, 0...0)
    return try broadcastShape(inputs[0], inputs[1])
  }

  public var backwardReads: BackwardReads { kind.function.slopesReadOperands ? .inputs : [] }
  public var worksInPlace: Bool { true }
  public var picksAmongEquals: Bool { kind == .maximum || kind == .minimum }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) { kind.function.forward(pass) }
  public func backward(_ pass: BackwardPass, weights: LayerWeights) { kind.function.backward(pass) }
}

/// The same with a parameter of the graph on one side: biases, scales, means and deviations.
///
/// If the parameter may be learned, it gets its gradient.
public struct ArithmeticConstant: Layer, Hashable {
  public let kind: ArithmeticKind
  public let side: Side

  /// Where the parameter stands.
  public enum Side: String, Sendable, Hashable, CaseIterable {
    /// `parameter − value`
    case left

    /// `value − parameter`
    case right
  }

  public init(_ kind: ArithmeticKind, constant side: Side) {
    self.kind = kind
    self.side = side
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 1...1)
    return try broadcastShape(inputs[0], parameters[0])
  }

  public var backwardReads: BackwardReads { kind.function.slopesReadOperands ? .inputs : [] }
  public var worksInPlace: Bool { true }

  /// `max(x, 0)` is one way to write a ReLU.
  public var bendsAtZero: Bool { kind == .maximum || kind == .minimum }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    kind.function.forward(pass, Constant(weights.parameters[0]), on: side)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    kind.function.backward(pass, Constant(weights.parameters[0]), on: side)
  }
}

/// PReLU: a leaky ReLU whose slope below zero is learned, one for each channel (a parameter of shape
/// `[C, 1, 1]`) or whatever else broadcasts to the input.
///
/// Reference: He, Zhang, Ren, Sun, "Delving deep into rectifiers", arXiv:1502.01852.
public struct ParametricReLU: Layer, Hashable {
  public init() {}

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 1...1)
    guard try broadcastShape(inputs[0], parameters[0]) == inputs[0] else {
      throw .notBroadcastable(parameters[0], inputs[0])
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { .inputs }
  public var worksInPlace: Bool { true }
  public var bendsAtZero: Bool { true }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    RectifyWithSlope.forward(pass, Constant(weights.parameters[0]), on: .right)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    RectifyWithSlope.backward(pass, Constant(weights.parameters[0]), on: .right)
  }
}

extension Layer {
  fileprivate func broadcastShape(_ a: Shape, _ b: Shape) throws(ShapeError) -> Shape {
    let shape = try a.broadcast(with: b)
    guard shape.rank <= RowWalk.maximumRank else {
      throw .wrongRank(input: 0, found: shape, expected: 0...RowWalk.maximumRank)
    }
    return shape
  }
}
