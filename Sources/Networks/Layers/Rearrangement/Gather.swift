public import Tensors

/// The parts of a value that a constant list of indices picks along one axis.
///
/// The picked axis is replaced by the axes of the list: one for a list, none for a single index.
public struct Gather: RearrangingLayer, Hashable {
  public let axis: Int

  /// The indices in order; negative ones count from the end.
  public let indices: [Int]
  public let indicesShape: Shape

  public init(_ indices: [Int], shape: Shape, axis: Int) {
    precondition(indices.count == shape.count, "\(indices.count) indices of shape \(shape)")
    self.axis = axis
    self.indices = indices
    indicesShape = shape
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    try requireAxis(axis, of: input)
    for index in indices where index < -input[axis] || index >= input[axis] {
      throw .impossible(setting: "index", value: index)
    }
    return try requireNumberable(
      input.axes[..<axis] + indicesShape.axes + input.axes[(axis + 1)...])
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let strides = input.strides
    var contributions: [[Int?]] = input.axes.enumerated().map { axis, length in
      (0..<length).map { $0 * strides[axis] }
    }
    let length = input[axis]
    contributions[axis] = indices.map { ($0 < 0 ? $0 + length : $0) * strides[axis] }
    return positions(byAxis: contributions)
  }
}
