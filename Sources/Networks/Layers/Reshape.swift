public import Tensors

/// The same elements in the same order under another shape: reshape, flatten, squeeze, unsqueeze.
///
/// The batch is not an axis here, so no target shape can move elements between samples.
public struct Reshape: Layer, Hashable {
  public let target: Shape

  public init(to target: Shape) { self.target = target }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard inputs[0].count == target.count else {
      throw .elementCountChanged(from: inputs[0], to: target)
    }
    return target
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
