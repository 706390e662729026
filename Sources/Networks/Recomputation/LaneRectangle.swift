import Tensors

/// A rectangle of an image in each of sixteen lanes: of one size, at a place of its own.
public struct LaneRectangle: Sendable, Hashable {
  var rows: LaneSpan
  var columns: LaneSpan

  init(rows: LaneSpan, columns: LaneSpan) {
    self.rows = rows
    self.columns = columns
  }

  /// The smallest size that holds every lane's rectangle, each moved no farther than it takes to stay
  /// inside an image of `height` and `width`.
  ///
  /// - Parameter lanes: sixteen rectangles.
  public init(
    holding lanes: [(rows: Range<Int>, columns: Range<Int>)], height: Int, width: Int
  ) {
    precondition(lanes.count == laneCount, "\(lanes.count) rectangles of \(laneCount)")
    rows = LaneSpan(holding: lanes.map(\.rows), length: height)
    columns = LaneSpan(holding: lanes.map(\.columns), length: width)
  }

  /// One rectangle for all lanes.
  public init(rows: Range<Int>, columns: Range<Int>) {
    self.rows = LaneSpan(
      starts: SIMD16(repeating: Int32(rows.lowerBound)), length: rows.count)
    self.columns = LaneSpan(
      starts: SIMD16(repeating: Int32(columns.lowerBound)), length: columns.count)
  }

  public var height: Int { rows.length }
  public var width: Int { columns.length }

  /// The rectangle of one lane.
  public subscript(lane: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    (rows[lane], columns[lane])
  }

  /// Whether all lanes have the same.
  var isUniform: Bool { rows.isUniform && columns.isUniform }
}

/// A stretch of one axis in each lane: of one length, with a start of its own. It may reach beyond
/// either end of the axis.
struct LaneSpan: Sendable, Hashable {
  var starts: SIMD16<Int32>
  var length: Int

  init(starts: SIMD16<Int32>, length: Int) {
    self.starts = starts
    self.length = length
  }

  /// See ``LaneRectangle/init(holding:height:width:)``.
  init(holding lanes: [Range<Int>], length axis: Int) {
    length = lanes.reduce(1) { max($0, $1.count) }
    starts = .zero
    for (lane, range) in lanes.enumerated() {
      precondition(range.lowerBound >= 0 && range.upperBound <= axis, "\(range) of \(axis)")
      starts[lane] = Int32(min(range.lowerBound, axis - length))
    }
  }

  subscript(lane: Int) -> Range<Int> { Int(starts[lane])..<Int(starts[lane]) + length }

  var isUniform: Bool { starts == SIMD16(repeating: starts[0]) }

  /// The same stretch of every lane's own start.
  func map(_ transform: (Range<Int>) -> Range<Int>) -> LaneSpan {
    let first = transform(self[0])
    if isUniform {
      return LaneSpan(starts: SIMD16(repeating: Int32(first.lowerBound)), length: first.count)
    }
    var result = LaneSpan(starts: .zero, length: 0)
    for lane in 0..<laneCount {
      let range = transform(self[lane])
      result.starts[lane] = Int32(range.lowerBound)
      result.length = max(result.length, range.count)
    }
    return result
  }

  /// Moves the lanes whose end lies beyond `end` back to it.
  func endingBefore(_ end: Int) -> LaneSpan {
    let last = SIMD16(repeating: Int32(end - length))
    return LaneSpan(starts: starts.replacing(with: last, where: starts .> last), length: length)
  }

  /// The smallest stretches that hold both.
  func union(_ other: LaneSpan, length axis: Int) -> LaneSpan {
    if self == other { return self }
    var result = LaneSpan(starts: .zero, length: 0)
    for lane in 0..<laneCount {
      let start = min(starts[lane], other.starts[lane])
      let end = max(self[lane].upperBound, other[lane].upperBound)
      result.starts[lane] = start
      result.length = max(result.length, end - Int(start))
    }
    // Where spans reach beyond the axis already, they may go on doing so.
    return result.endingBefore(max(axis, result.length))
  }
}
