import Tensors

/// A rectangle of an image in each of sixteen lanes: of one size, at a place of its own. What is
/// computed side by side; see ``LaneAreas`` for what of it counts.
public struct LaneRectangle: Sendable, Hashable {
  var rows: LaneSpan
  var columns: LaneSpan

  init(rows: LaneSpan, columns: LaneSpan) {
    self.rows = rows
    self.columns = columns
  }

  /// The smallest size that holds every lane's area, each moved no farther than it takes to stay
  /// inside an image of `height` and `width`.
  init(holding areas: LaneAreas, height: Int, width: Int) {
    rows = LaneSpan(holding: areas.rows, length: height)
    columns = LaneSpan(holding: areas.columns, length: width)
  }

  /// All of an image, in all lanes.
  init(height: Int, width: Int) {
    rows = LaneSpan(starts: .zero, length: height)
    columns = LaneSpan(starts: .zero, length: width)
  }

  public var height: Int { rows.length }
  public var width: Int { columns.length }

  /// The rectangle of one lane.
  public subscript(lane: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    (rows[lane], columns[lane])
  }

  /// Whether all lanes have the same.
  var isUniform: Bool { rows.isUniform && columns.isUniform }

  var areas: LaneAreas { LaneAreas(rows: rows.ranges, columns: columns.ranges) }
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
  init(holding ranges: LaneRanges, length axis: Int) {
    length = max(1, ranges.longest)
    let last = SIMD16(repeating: Int32(axis - length))
    starts = ranges.starts.replacing(with: last, where: ranges.starts .> last)
  }

  subscript(lane: Int) -> Range<Int> { Int(starts[lane])..<Int(starts[lane]) + length }

  var isUniform: Bool { starts == SIMD16(repeating: starts[0]) }

  var ranges: LaneRanges { LaneRanges(starts: starts, ends: starts &+ Int32(length)) }
}
