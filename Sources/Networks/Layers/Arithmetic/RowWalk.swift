import Tensors

/// Goes through a value row by row together with two others that broadcast to it.
///
/// Axes that behave alike are merged first, so equal shapes are one row, a scalar is one row, and a
/// `[C, 1, 1]` beside `[C, H, W]` makes C rows of H · W. Within a row each of the two others goes on
/// by one element or stays where it is. The walk has a fixed size and allocates nothing.
struct RowWalk {
  /// How many elements a row has.
  var rowLength: Int { lengths[0] }

  /// How far the two others go from one element of a row to the next: 0 or 1.
  var aStep: Int { aStrides[0] }
  var bStep: Int { bStrides[0] }

  /// The merged axes, innermost first.
  private var lengths = SIMD8<Int>(repeating: 1)
  private var aStrides = SIMD8<Int>.zero
  private var bStrides = SIMD8<Int>.zero
  private var axisCount = 0

  /// The largest rank of a value that a walk can go through.
  static let maximumRank = 8

  init(_ shape: Shape, _ a: Shape, _ b: Shape) {
    precondition(shape.rank <= Self.maximumRank, "rank \(shape.rank)")
    var (aStride, bStride) = (1, 1)
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] > 1 {
      let (aLength, bLength) = (
        a.length(axis, ofRank: shape.rank), b.length(axis, ofRank: shape.rank)
      )
      append(shape[axis], aStride: aLength == 1 ? 0 : aStride, bStride: bLength == 1 ? 0 : bStride)
      aStride *= aLength
      bStride *= bLength
    }
    axisCount = max(1, axisCount)
  }

  /// The walk beside what remains of a value when some axes are reduced to one element.
  init(_ shape: Shape, reducing axes: [Int]) {
    precondition(shape.rank <= Self.maximumRank, "rank \(shape.rank)")
    var aStride = 1
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] > 1 {
      let isReduced = axes.contains(axis)
      append(shape[axis], aStride: isReduced ? 0 : aStride, bStride: 0)
      if !isReduced { aStride *= shape[axis] }
    }
    axisCount = max(1, axisCount)
  }

  private mutating func append(_ length: Int, aStride: Int, bStride: Int) {
    let last = axisCount - 1
    if last >= 0, aStride == aStrides[last] * lengths[last],
      bStride == bStrides[last] * lengths[last]
    {
      lengths[last] *= length
      return
    }
    lengths[axisCount] = length
    aStrides[axisCount] = aStride
    bStrides[axisCount] = bStride
    axisCount += 1
  }

  /// Calls with the position of each row's first element in the value and in the two others.
  @inline(__always)
  func forEachRow(_ row: (_ position: Int, _ a: Int, _ b: Int) -> Void) {
    var counters = SIMD8<Int>.zero
    var (position, a, b) = (0, 0, 0)
    while true {
      row(position, a, b)
      position += rowLength
      var axis = 1
      while axis < axisCount {
        counters[axis] += 1
        a += aStrides[axis]
        b += bStrides[axis]
        if counters[axis] < lengths[axis] { break }
        counters[axis] = 0
        a -= aStrides[axis] * lengths[axis]
        b -= bStrides[axis] * lengths[axis]
        axis += 1
      }
      if axis >= axisCount { return }
    }
  }
}
