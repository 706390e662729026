import Segmentation

/// A hierarchy of segments: halves of halves, down to single ones.
///
/// The segments of a node are sorted by the places of their centres along the longer side of the
/// rectangle that holds these, and cut in the middle; at the root that is the image's longer side.
/// Rows go before columns where the sides are equal.
indirect enum SegmentTree: Sendable {
  case leaf(Int)
  case node(segments: [Int], SegmentTree, SegmentTree)

  init(_ map: LabelMap) {
    var sums = Array(repeating: (row: 0.0, column: 0.0), count: map.count)
    for (pixel, label) in map.labels.enumerated() {
      sums[Int(label)].row += Double(pixel / map.width)
      sums[Int(label)].column += Double(pixel % map.width)
    }
    let centres = zip(sums, map.sizes).map { sum, size in
      (row: sum.row / Double(size), column: sum.column / Double(size))
    }
    self = Self.tree(of: Array(0..<map.count), centres)
  }

  private static func tree(
    of segments: [Int], _ centres: [(row: Double, column: Double)]
  ) -> SegmentTree {
    if segments.count == 1 { return .leaf(segments[0]) }
    func spread(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    let isTall =
      spread(segments.map { centres[$0].row }) >= spread(segments.map { centres[$0].column })
    let sorted = segments.sorted { a, b in
      let (one, other) = (centres[a], centres[b])
      return isTall
        ? (one.row, one.column, a) < (other.row, other.column, b)
        : (one.column, one.row, a) < (other.column, other.row, b)
    }
    let half = sorted.count / 2
    return .node(
      segments: segments.sorted(), tree(of: Array(sorted[..<half]), centres),
      tree(of: Array(sorted[half...]), centres))
  }

  var segments: [Int] {
    switch self {
    case .leaf(let segment): [segment]
    case .node(let segments, _, _): segments
    }
  }
}
