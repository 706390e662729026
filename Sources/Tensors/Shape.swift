/// The lengths of a value's axes, outermost first, without the batch: the batch is ours.
///
/// A feature map is `[C, H, W]`, the input of a dense layer `[features]`, a single number `[]`.
public struct Shape: Hashable, Sendable {
  public let axes: [Int]

  /// The number of elements; one for the shape without axes.
  public let count: Int

  /// Makes the shape; lengths are positive and their product is far below `Int.max`, which whoever
  /// reads untrusted sizes has checked with ``init(checking:)``.
  public init(_ axes: [Int]) {
    guard let shape = Shape(checking: axes) else { preconditionFailure("impossible shape \(axes)") }
    self = shape
  }

  /// Makes the shape of lengths from outside, or nothing if one is not positive, the product exceeds
  /// 2⁴⁰ elements, or there are more than 32.
  public init?(checking axes: [Int]) {
    guard axes.count <= 32 else { return nil }
    var count = 1
    for length in axes {
      guard length > 0, length <= 1 << 40 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= 1 << 40 else { return nil }
      count = product
    }
    self.axes = axes
    self.count = count
  }

  public var rank: Int { axes.count }

  public subscript(axis: Int) -> Int { axes[axis] }

  /// How many elements lie between neighbours along each axis.
  public var strides: [Int] {
    var strides = Array(repeating: 1, count: axes.count)
    for axis in axes.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * axes[axis + 1]
    }
    return strides
  }
}

extension Shape: ExpressibleByArrayLiteral {
  public init(arrayLiteral axes: Int...) { self.init(axes) }
}

extension Shape: CustomStringConvertible {
  /// As people write it: `16x28x28`; `scalar` without axes.
  public var description: String {
    axes.isEmpty ? "scalar" : axes.map(String.init).joined(separator: "x")
  }
}
