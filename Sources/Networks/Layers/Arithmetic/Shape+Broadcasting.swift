import Tensors

extension Shape {
  /// The shape of an elementwise operation on two values, by NumPy's rule: axes are aligned at the
  /// end, and a length of one stretches.
  func broadcast(with other: Shape) throws(ShapeError) -> Shape {
    let rank = max(rank, other.rank)
    var lengths: [Int] = []
    for axis in 0..<rank {
      let (a, b) = (length(axis, ofRank: rank), other.length(axis, ofRank: rank))
      guard a == b || a == 1 || b == 1 else { throw .notBroadcastable(self, other) }
      lengths.append(max(a, b))
    }
    guard let shape = Shape(checking: lengths) else { throw .tooLarge(axes: lengths) }
    return shape
  }

  /// The length of an axis of a shape that is aligned at the end of another of that rank.
  func length(_ axis: Int, ofRank rank: Int) -> Int {
    let own = axis - (rank - self.rank)
    return own < 0 ? 1 : self[own]
  }
}
