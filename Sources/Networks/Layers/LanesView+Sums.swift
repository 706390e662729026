import Tensors

// The sums that normalisations and pooling take, each lane by itself (`sum…`) or over the active
// samples as well (`sampleSum…`).
//
// They are written out instead of taking the term as a closure: the compiler shares closures that
// look alike between their callers and then calls them for each element.
extension LanesView {
  /// `Σᵢ x[i]`
  func sum() -> Vector {
    var total = Vector.zero
    forEachBlock { total += blockSum($0) }
    return total
  }

  /// `Σᵢ (x[i] − center)²`
  func sumOfSquares(about center: Vector) -> Vector {
    var total = Vector.zero
    forEachBlock { total += blockSumOfSquares($0, about: center) }
    return total
  }

  /// `Σᵢ x[i] · (other[i] − mean) · slope`
  func sumOfProducts(with other: LanesView, minus mean: Vector, times slope: Vector) -> Vector {
    var total = Vector.zero
    forEachBlock { total += blockSumOfProducts($0, with: other, minus: mean) * slope }
    return total
  }

  /// `Σ x[i]` over the elements and the first `active` samples.
  func sampleSum(active: Int) -> Double {
    var total = 0.0
    forEachBlock { total += Double(blockSum($0).sum(active: active)) }
    return total
  }

  /// `Σ x[i] · (other[i] − mean)` over the elements and the first `active` samples.
  func sampleSumOfProducts(with other: LanesView, minus mean: Vector, active: Int) -> Double {
    var total = 0.0
    forEachBlock {
      total += Double(blockSumOfProducts($0, with: other, minus: mean).sum(active: active))
    }
    return total
  }

  /// Gives out stretches of 64 elements, so that the error of a long sum grows with the number of
  /// blocks rather than of elements.
  @inline(__always)
  private func forEachBlock(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < count {
      let end = Swift.min(start + 64, count)
      body(start..<end)
      start = end
    }
  }

  private func blockSum(_ block: Range<Int>) -> Vector {
    var sum = Vector.zero
    for i in block { sum += self[i] }
    return sum
  }

  private func blockSumOfSquares(_ block: Range<Int>, about center: Vector) -> Vector {
    var sum = Vector.zero
    for i in block {
      let distance = self[i] - center
      sum += distance * distance
    }
    return sum
  }

  private func blockSumOfProducts(
    _ block: Range<Int>, with other: LanesView, minus mean: Vector
  ) -> Vector {
    var sum = Vector.zero
    for i in block { sum += self[i] * (other[i] - mean) }
    return sum
  }
}
