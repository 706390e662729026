import Tensors

/// Sums are taken in blocks of this many elements, so that their error grows with the number of
/// blocks rather than of elements; and the blocks of sums over samples are added up in `Double`.
private let blockLength = 64

extension LanesView {
  /// `Σᵢ term(self[i])`, each lane by itself.
  @inline(__always)
  func blockedSum(_ term: (Vector) -> Vector) -> Vector {
    var total = Vector.zero
    var start = 0
    while start < count {
      let end = Swift.min(start + blockLength, count)
      var sum = Vector.zero
      for i in start..<end { sum += term(self[i]) }
      total += sum
      start = end
    }
    return total
  }

  /// `Σᵢ term(self[i], other[i])`, each lane by itself.
  @inline(__always)
  func blockedSum(with other: LanesView, _ term: (Vector, Vector) -> Vector) -> Vector {
    var total = Vector.zero
    var start = 0
    while start < count {
      let end = Swift.min(start + blockLength, count)
      var sum = Vector.zero
      for i in start..<end { sum += term(self[i], other[i]) }
      total += sum
      start = end
    }
    return total
  }

  /// `Σᵢ term(self[i])` over the elements and the first `active` samples.
  @inline(__always)
  func sampleSum(active: Int, _ term: (Vector) -> Vector) -> Double {
    var total = 0.0
    var start = 0
    while start < count {
      let end = Swift.min(start + blockLength, count)
      var sum = Vector.zero
      for i in start..<end { sum += term(self[i]) }
      total += Double(sum.sum(active: active))
      start = end
    }
    return total
  }

  /// `Σᵢ term(self[i], other[i])` over the elements and the first `active` samples.
  @inline(__always)
  func sampleSum(
    with other: LanesView, active: Int, _ term: (Vector, Vector) -> Vector
  ) -> Double {
    var total = 0.0
    var start = 0
    while start < count {
      let end = Swift.min(start + blockLength, count)
      var sum = Vector.zero
      for i in start..<end { sum += term(self[i], other[i]) }
      total += Double(sum.sum(active: active))
      start = end
    }
    return total
  }
}
