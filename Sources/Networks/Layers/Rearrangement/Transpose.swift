public import Tensors

/// The axes in another order; the batch is not among them.
public struct Transpose: RearrangingLayer, Hashable {
  /// Which axis of the input becomes the first of the output, the second, …
  public let permutation: [Int]

  public init(_ permutation: [Int]) { self.permutation = permutation }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    guard permutation.count == input.rank else {
      throw .wrongRank(input: 0, found: input, expected: permutation.count...permutation.count)
    }
    for (index, axis) in permutation.enumerated() {
      try requireAxis(axis, of: input)
      guard !permutation[..<index].contains(axis) else {
        throw .impossible(setting: "permutation", value: axis)
      }
    }
    return try requireNumberable(permutation.map { input[$0] })
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let strides = input.strides
    return positions(
      byAxis: permutation.map { axis in (0..<input[axis]).map { $0 * strides[axis] } })
  }
}
