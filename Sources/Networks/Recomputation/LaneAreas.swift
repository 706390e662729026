import Tensors

/// A rectangle of an image in each of sixteen lanes, of a size and at a place of its own. A lane's may
/// be empty.
public struct LaneAreas: Sendable, Hashable {
  private(set) var rows: LaneRanges
  private(set) var columns: LaneRanges

  init(rows: LaneRanges, columns: LaneRanges) {
    let isEmpty = rows.isEmpty .| columns.isEmpty
    self.rows = rows
    self.columns = columns
    self.rows.ends.replace(with: rows.starts, where: isEmpty)
    self.columns.ends.replace(with: columns.starts, where: isEmpty)
  }

  /// - Parameter lanes: sixteen rectangles.
  public init(_ lanes: [(rows: Range<Int>, columns: Range<Int>)]) {
    precondition(lanes.count == laneCount, "\(lanes.count) rectangles of \(laneCount)")
    self.init(
      rows: LaneRanges(lanes.map(\.rows)), columns: LaneRanges(lanes.map(\.columns)))
  }

  /// The same rectangle in all lanes.
  public init(rows: Range<Int>, columns: Range<Int>) {
    self.init(rows: LaneRanges(all: rows), columns: LaneRanges(all: columns))
  }

  /// The rectangle of one lane.
  public subscript(lane: Int) -> (rows: Range<Int>, columns: Range<Int>) {
    (rows[lane], columns[lane])
  }

  /// Whether all lanes have the same.
  var isUniform: Bool { rows.isUniform && columns.isUniform }

  /// Whether no lane has any.
  var isEmpty: Bool { all(rows.isEmpty) }

  /// Whether each lane's rectangle holds the other's.
  func holds(_ other: LaneAreas) -> Bool {
    all(other.rows.isEmpty .| (rows.holds(other.rows) .& columns.holds(other.columns)))
  }

  /// For each lane the smallest rectangle that holds both.
  func union(_ other: LaneAreas) -> LaneAreas {
    LaneAreas(rows: rows.union(other.rows), columns: columns.union(other.columns))
  }
}

/// A stretch of one axis in each lane, which may be empty.
struct LaneRanges: Sendable, Hashable {
  var starts: SIMD16<Int32>
  var ends: SIMD16<Int32>

  init(starts: SIMD16<Int32>, ends: SIMD16<Int32>) {
    self.starts = starts
    self.ends = ends
  }

  init(_ lanes: [Range<Int>]) {
    self.init(starts: .zero, ends: .zero)
    for (lane, range) in lanes.enumerated() {
      starts[lane] = Int32(range.lowerBound)
      ends[lane] = Int32(range.upperBound)
    }
  }

  init(all range: Range<Int>) {
    self.init(
      starts: SIMD16(repeating: Int32(range.lowerBound)),
      ends: SIMD16(repeating: Int32(range.upperBound)))
  }

  subscript(lane: Int) -> Range<Int> { Int(starts[lane])..<Int(ends[lane]) }

  var isEmpty: SIMDMask<SIMD16<Int32>> { starts .>= ends }

  var isUniform: Bool {
    starts == SIMD16(repeating: starts[0]) && ends == SIMD16(repeating: ends[0])
  }

  /// The length of the longest.
  var longest: Int { Int((ends &- starts).max()) }

  func holds(_ other: LaneRanges) -> SIMDMask<SIMD16<Int32>> {
    (starts .<= other.starts) .& (other.ends .<= ends)
  }

  func union(_ other: LaneRanges) -> LaneRanges {
    var result = LaneRanges(
      starts: pointwiseMin(starts, other.starts), ends: pointwiseMax(ends, other.ends))
    result.replace(with: self, where: other.isEmpty)
    result.replace(with: other, where: isEmpty)
    return result
  }

  /// What lies inside an axis of that length.
  func clamped(to length: Int) -> LaneRanges {
    LaneRanges(
      starts: starts.clamped(lowerBound: .zero, upperBound: SIMD16(repeating: Int32(length))),
      ends: ends.clamped(lowerBound: .zero, upperBound: SIMD16(repeating: Int32(length))))
  }

  /// The same of every lane's own stretch; empty ones stay so.
  func map(_ transform: (Range<Int>) -> Range<Int>) -> LaneRanges {
    if isUniform { return LaneRanges(all: self[0].isEmpty ? self[0] : transform(self[0])) }
    var result = self
    for lane in 0..<laneCount where !self[lane].isEmpty {
      let range = transform(self[lane])
      result.starts[lane] = Int32(range.lowerBound)
      result.ends[lane] = Int32(range.upperBound)
    }
    return result
  }

  private mutating func replace(with other: LaneRanges, where mask: SIMDMask<SIMD16<Int32>>) {
    starts.replace(with: other.starts, where: mask)
    ends.replace(with: other.ends, where: mask)
  }
}
