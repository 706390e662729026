public import Tensors

/// A part of a value: from a start to an end with a step, on each axis that is named.
public struct Slice: RearrangingLayer, Hashable {
  public let cuts: [Cut]

  /// The part of one axis, as in Python's `start:end:step`: negative numbers count from the end, and
  /// what lies outside is held to the axis. A negative step goes backwards and stops before `end`;
  /// `Int.min` as its end means "down to the first".
  public struct Cut: Sendable, Hashable {
    public let axis: Int
    public let start: Int
    public let end: Int
    public let step: Int

    public init(axis: Int, from start: Int, to end: Int, step: Int = 1) {
      self.axis = axis
      self.start = start
      self.end = end
      self.step = step
    }

    /// The indices of the input that remain of an axis of that length.
    func indices(of length: Int) -> StrideTo<Int> {
      let (first, end) = bounds(in: length)
      return stride(from: first, to: end, by: step)
    }

    /// How many these are, without walking over them.
    func count(of length: Int) -> Int {
      let (first, end) = bounds(in: length)
      let distance = step > 0 ? end - first : first - end
      return distance > 0 ? (distance - 1) / Int(step.magnitude) + 1 : 0
    }

    /// Where it begins and what it stops before, held to the axis.
    private func bounds(in length: Int) -> (first: Int, end: Int) {
      func held(_ index: Int, _ bounds: ClosedRange<Int>) -> Int {
        let fromStart = index < 0 ? (index < -length ? -1 : index + length) : index
        return min(max(fromStart, bounds.lowerBound), bounds.upperBound)
      }
      let bounds = step > 0 ? 0...length : -1...(length - 1)
      return (held(start, bounds), held(end, bounds))
    }
  }

  public init(_ cuts: [Cut]) { self.cuts = cuts }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    var lengths = input.axes
    for (index, cut) in cuts.enumerated() {
      try requireAxis(cut.axis, of: input)
      guard cut.step != 0, cut.step != .min else {
        throw .impossible(setting: "step", value: cut.step)
      }
      guard !cuts[..<index].contains(where: { $0.axis == cut.axis }) else {
        throw .impossible(setting: "axes", value: cut.axis)
      }
      lengths[cut.axis] = cut.count(of: input[cut.axis])
    }
    return try requireNumberable(lengths)
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let strides = input.strides
    return positions(
      byAxis: input.axes.enumerated().map { axis, length in
        let cut = cuts.first { $0.axis == axis }
        return (cut.map { Array($0.indices(of: length)) } ?? Array(0..<length)).map {
          $0 * strides[axis]
        }
      })
  }
}
