public import Tensors

/// Several values one after the other along an axis.
public struct Concatenation: Layer, Hashable {
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...Int.max, parameters, 0...0)
    let first = inputs[0]
    guard first.axes.indices.contains(axis) else {
      throw .axisOutOfRange(axis: axis, rank: first.rank)
    }
    var lengths = first.axes
    for (index, input) in inputs.enumerated().dropFirst() {
      guard input.rank == first.rank else {
        throw .wrongRank(input: index, found: input, expected: first.rank...first.rank)
      }
      for other in first.axes.indices where other != axis && input[other] != first[other] {
        throw .wrongLength(
          input: index, axis: other, found: input[other], expected: first[other])
      }
      lengths[axis] += input[axis]
    }
    guard let shape = Shape(checking: lengths) else { throw .tooLarge(axes: lengths) }
    return shape
  }

  public var backwardReads: BackwardReads { [] }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let blocks = pass.outputShape.axes[..<axis].reduce(1, *)
    let stride = pass.output.count / blocks
    var start = 0
    for input in pass.inputs {
      let length = input.count / blocks
      for block in 0..<blocks {
        let from = block * stride + start
        pass.output[from..<from + length].copy(input[block * length..<(block + 1) * length])
      }
      start += length
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    let blocks = pass.outputShape.axes[..<axis].reduce(1, *)
    let stride = pass.dOutput.count / blocks
    var start = 0
    for (shape, dInput) in zip(pass.inputShapes, pass.dInputs) {
      let length = shape.count / blocks
      for block in 0..<blocks {
        let from = block * stride + start
        dInput?[block * length..<(block + 1) * length].copy(pass.dOutput[from..<from + length])
      }
      start += length
    }
  }
}
