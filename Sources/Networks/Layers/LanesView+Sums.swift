import Tensors

extension LanesView {
  /// `Σᵢ term(self[i])`, each lane by itself.
  @inline(__always)
  func blockedSum(_ term: (Vector) -> Vector) -> Vector {
    var total = Vector.zero
    forEachBlock({ term(self[$0]) }, add: { total += $0 })
    return total
  }

  /// `Σᵢ term(self[i], other[i])`, each lane by itself.
  @inline(__always)
  func blockedSum(with other: LanesView, _ term: (Vector, Vector) -> Vector) -> Vector {
    var total = Vector.zero
    forEachBlock({ term(self[$0], other[$0]) }, add: { total += $0 })
    return total
  }

  /// `Σᵢ term(self[i])` over the elements and the first `active` samples.
  @inline(__always)
  func sampleSum(active: Int, _ term: (Vector) -> Vector) -> Double {
    var total = 0.0
    forEachBlock({ term(self[$0]) }, add: { total += Double($0.sum(active: active)) })
    return total
  }

  /// `Σᵢ term(self[i], other[i])` over the elements and the first `active` samples.
  @inline(__always)
  func sampleSum(
    with other: LanesView, active: Int, _ term: (Vector, Vector) -> Vector
  ) -> Double {
    var total = 0.0
    forEachBlock({ term(self[$0], other[$0]) }, add: { total += Double($0.sum(active: active)) })
    return total
  }

  /// Gives `add` the sums of 64 terms at a time, so that the error of a long sum grows with the
  /// number of blocks rather than of terms.
  @inline(__always)
  private func forEachBlock(_ term: (Int) -> Vector, add: (Vector) -> Void) {
    for start in Swift.stride(from: 0, to: count, by: 64) {
      var sum = Vector.zero
      for i in start..<Swift.min(start + 64, count) { sum += term(i) }
      add(sum)
    }
  }
}
