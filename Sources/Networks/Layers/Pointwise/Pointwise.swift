public import Tensors

/// The layer that applies a ``PointwiseFunction``.
public struct Pointwise: Layer {
  public let kind: PointwiseKind
  private let function: any PointwiseFunction

  public init(_ kind: PointwiseKind) {
    self.kind = kind
    function = kind.function
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return inputs[0]
  }

  public var backwardReads: BackwardReads { type(of: function).reads }
  public var worksInPlace: Bool { true }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) { function.forward(pass) }
  public func backward(_ pass: BackwardPass, weights: LayerWeights) { function.backward(pass) }
}

/// The functions of one variable that a network may apply.
public enum PointwiseKind: Sendable, Hashable {
  case relu

  /// The function itself.
  public var function: any PointwiseFunction {
    switch self {
    case .relu: Rectifier()
    }
  }
}
