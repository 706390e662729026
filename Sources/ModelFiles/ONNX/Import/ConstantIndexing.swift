/// Which elements of constants go where: the arithmetic of shapes, slices and broadcasts.
enum ConstantIndexing {
  /// The axes' count, if it is small enough to be computed: no more than
  /// ``ReadingLimits/foldedElements``, or than a `source` already has. An empty tensor's other axes
  /// are held to the same limit.
  @discardableResult
  static func checkedCount(_ axes: [Int], source: Int = 0) throws(NodeProblem) -> Int {
    let limit = max(ReadingLimits.foldedElements, source)
    guard axes.count <= ReadingLimits.rank else { throw .tooLarge(axes: []) }
    var count = 1
    for length in axes {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, length))
      guard length >= 0, !overflow, product <= limit else {
        throw .tooLarge(axes: axes)
      }
      count = product
    }
    return axes.contains(0) ? 0 : count
  }

  /// An axis counted from the front; negative ones count from the end.
  static func axis(_ axis: Int, rank: Int) throws(NodeProblem) -> Int {
    guard axis >= -rank, axis < rank else { throw .axisOutOfRange(axis: axis, rank: rank) }
    return axis < 0 ? axis + rank : axis
  }

  static func strides(_ axes: [Int]) -> [Int] {
    var strides = Array(repeating: 1, count: axes.count)
    for axis in axes.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * axes[axis + 1]
    }
    return strides
  }

  /// The flat indices of a walk over `axes`, outermost first, that starts at `offset` and moves by
  /// `strides`.
  static func walk(_ axes: [Int], strides: [Int], offset: Int = 0) -> [Int] {
    var indices = [offset]
    for (length, stride) in zip(axes, strides) {
      indices = indices.flatMap { start in (0..<length).map { start + $0 * stride } }
    }
    return indices
  }

  /// The axes that two shapes broadcast to, as NumPy does.
  static func broadcast(_ a: [Int], _ b: [Int]) throws(NodeProblem) -> [Int] {
    let rank = max(a.count, b.count)
    let left = Array(repeating: 1, count: rank - a.count) + a
    let right = Array(repeating: 1, count: rank - b.count) + b
    var axes: [Int] = []
    for (x, y) in zip(left, right) {
      guard x == y || x == 1 || y == 1 else { throw .shapesDoNotMatch(a, b) }
      axes.append(x == 1 ? y : x)
    }
    return axes
  }

  /// Where a tensor of `axes`, broadcast to `target`, takes its elements from.
  static func broadcastIndices(_ axes: [Int], to target: [Int]) throws(NodeProblem) -> [Int] {
    guard try broadcast(axes, target) == target else { throw .shapesDoNotMatch(axes, target) }
    let padding = Array(repeating: 0, count: target.count - axes.count)
    let strides = zip(axes, Self.strides(axes)).map { $0 == 1 ? 0 : $1 }
    return walk(target, strides: padding + strides)
  }

  /// `start`, `end` and `step` of a slice as ONNX means them, as the first index and how many.
  static func slice(
    length: Int, start: Int, end: Int, step: Int
  ) throws(NodeProblem) -> (first: Int, count: Int) {
    guard step != 0, step > -(1 << 40), step < 1 << 40 else {
      throw .wrongAttribute(name: "steps", value: String(step))
    }
    func position(_ value: Int, _ bounds: ClosedRange<Int>) -> Int {
      let counted = value < 0 ? value &+ length : value
      return min(max(counted, bounds.lowerBound), bounds.upperBound)
    }
    if step > 0 {
      let first = position(start, 0...length)
      let last = position(end, 0...length)
      return (first, last <= first ? 0 : (last - first + step - 1) / step)
    }
    guard length > 0 else { return (0, 0) }
    let first = position(start, 0...length - 1)
    let last = end < -length ? -1 : position(end, -1...length - 1)
    return (first, first <= last ? 0 : (first - last - step - 1) / -step)
  }
}
