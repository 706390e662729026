public import Tensors

/// A layer whose output elements are elements of its input (or one constant), in another order, some
/// several times, some not at all: transpose, slice, pad, expand, gather.
///
/// Such a layer only says where each element comes from. The table is worked out once for each plan;
/// forward follows it, backward adds what comes back along it.
public protocol RearrangingLayer: Layer {
  /// For each element of the output the position of its input element, or −1 for ``filling``.
  func positions(input: Shape, output: Shape) -> [Int32]

  /// What stands where no input element does.
  var filling: Float { get }
}

extension RearrangingLayer {
  public var filling: Float { 0 }
  public var backwardReads: BackwardReads { [] }

  public func positions(inputs: [Shape]) -> [Int32] {
    guard let output = try? outputShape(inputs: inputs, parameters: []) else {
      preconditionFailure("\(self) planned for \(inputs), which it does not take")
    }
    return positions(input: inputs[0], output: output)
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let (input, output) = (pass.inputs[0], pass.output)
    let filling = Vector(repeating: filling)
    for (index, position) in weights.positions.enumerated() {
      output[index] = position < 0 ? filling : input[Int(position)]
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    dInput.fill(.zero)
    for (index, position) in weights.positions.enumerated() where position >= 0 {
      dInput[Int(position)] += pass.dOutput[index]
    }
  }
}

extension RearrangingLayer {
  /// The only input's shape, of a size that tables can number.
  func requireOneInput(_ inputs: [Shape], _ parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    return inputs[0]
  }

  /// The output's shape, if it has elements, and not too many for tables to number.
  func requireNumberable(_ axes: [Int]) throws(ShapeError) -> Shape {
    for length in axes where length < 1 { throw .impossible(setting: "length", value: length) }
    guard let shape = Shape(checking: axes), shape.count <= Int32.max else {
      throw .tooLarge(axes: axes)
    }
    return shape
  }

  func requireAxis(_ axis: Int, of shape: Shape) throws(ShapeError) {
    guard shape.axes.indices.contains(axis) else {
      throw .axisOutOfRange(axis: axis, rank: shape.rank)
    }
  }

  /// The table of a rearrangement that treats each axis of the output by itself: an element's
  /// position is the sum of what each of its indices contributes; nothing anywhere means −1.
  func positions(byAxis contributions: [[Int?]]) -> [Int32] {
    var table: [Int32] = [0]
    for contribution in contributions {
      var longer: [Int32] = []
      longer.reserveCapacity(table.count * contribution.count)
      for position in table {
        for step in contribution {
          guard position >= 0, let step else {
            longer.append(-1)
            continue
          }
          longer.append(position + Int32(step))
        }
      }
      table = longer
    }
    return table
  }
}
