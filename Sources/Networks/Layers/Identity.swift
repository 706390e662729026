public import Tensors

/// The input itself: identity, a cast between kinds of numbers that we hold as floats anyway,
/// dropout of a network that is not trained.
public struct Identity: Layer, Hashable {
  public init() {}

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return inputs[0]
  }

  public var backwardReads: BackwardReads { [] }
  public var worksInPlace: Bool { true }
  public var isView: Bool { true }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    pass.output.copy(pass.inputs[0])
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    pass.dInputs[0]?.copy(pass.dOutput)
  }
}
