public import Tensors

/// A value stretched to a larger shape by NumPy's rule: axes of length one repeat.
public struct Expand: RearrangingLayer, Hashable {
  public let target: Shape

  public init(to target: Shape) { self.target = target }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    return try requireNumberable(try input.broadcast(with: target).axes)
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let missing = output.rank - input.rank
    let strides = input.strides
    return positions(
      byAxis: output.axes.enumerated().map { axis, length in
        (0..<length).map { index in
          input.length(axis, ofRank: output.rank) == 1 ? 0 : index * strides[axis - missing]
        }
      })
  }
}

/// A value several times beside itself along each axis.
public struct Tile: RearrangingLayer, Hashable {
  public let repeats: [Int]

  public init(_ repeats: [Int]) { self.repeats = repeats }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    guard repeats.count == input.rank else {
      throw .wrongRank(input: 0, found: input, expected: repeats.count...repeats.count)
    }
    for count in repeats where count < 1 || count > 1 << 31 {
      throw .impossible(setting: "repeats", value: count)
    }
    var lengths: [Int] = []
    for (length, count) in zip(input.axes, repeats) {
      let (product, overflow) = length.multipliedReportingOverflow(by: count)
      guard !overflow else { throw .impossible(setting: "repeats", value: count) }
      lengths.append(product)
    }
    return try requireNumberable(lengths)
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let strides = input.strides
    return positions(
      byAxis: output.axes.enumerated().map { axis, length in
        (0..<length).map { $0 % input[axis] * strides[axis] }
      })
  }
}
