public import Tensors

/// The layer that applies a function to each element.
public struct Pointwise: Layer, Hashable {
  public let kind: PointwiseKind

  public init(_ kind: PointwiseKind) { self.kind = kind }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return inputs[0]
  }

  public var backwardReads: BackwardReads { type(of: kind.function).reads }
  public var worksInPlace: Bool { true }
  public var bendsAtZero: Bool { kind.bendsAtZero }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) { kind.function.forward(pass) }
  public func backward(_ pass: BackwardPass, weights: LayerWeights) { kind.function.backward(pass) }
}
