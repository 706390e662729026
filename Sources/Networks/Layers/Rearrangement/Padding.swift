public import Tensors

/// More elements around a value; negative amounts cut elements off.
public struct Padding: RearrangingLayer, Hashable {
  /// How many elements come before each axis, and after.
  public let before: [Int]
  public let after: [Int]

  public let mode: Mode

  /// What the new elements are.
  public enum Mode: Sendable, Hashable {
    case constant(Float)

    /// The nearest element of the border, again and again.
    case edge

    /// The elements mirrored at the border element, which is not repeated.
    case reflect
  }

  public init(before: [Int], after: [Int], mode: Mode = .constant(0)) {
    precondition(before.count == after.count, "\(before.count) axes before, \(after.count) after")
    self.before = before
    self.after = after
    self.mode = mode
  }

  public var filling: Float {
    switch mode {
    case .constant(let value): value
    case .edge, .reflect: 0
    }
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    let input = try requireOneInput(inputs, parameters)
    guard before.count == input.rank else {
      throw .wrongRank(input: 0, found: input, expected: before.count...before.count)
    }
    var lengths: [Int] = []
    for (axis, length) in input.axes.enumerated() {
      for amount in [before[axis], after[axis]] {
        guard amount > -length, amount <= 1 << 31, mode != .reflect || amount < length else {
          throw .impossible(setting: "padding", value: amount)
        }
      }
      lengths.append(before[axis] + length + after[axis])
    }
    return try requireNumberable(lengths)
  }

  public func positions(input: Shape, output: Shape) -> [Int32] {
    let strides = input.strides
    return positions(
      byAxis: output.axes.enumerated().map { axis, length in
        (0..<length).map { index in
          source(of: index - before[axis], length: input[axis]).map { $0 * strides[axis] }
        }
      })
  }

  /// The index of the element that stands at an index inside or outside of an axis.
  private func source(of index: Int, length: Int) -> Int? {
    guard index < 0 || index >= length else { return index }
    switch mode {
    case .constant: return nil
    case .edge: return index < 0 ? 0 : length - 1
    case .reflect: return index < 0 ? -index : 2 * (length - 1) - index
    }
  }
}
