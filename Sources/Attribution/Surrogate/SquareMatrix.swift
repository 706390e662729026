/// A symmetric matrix of `Double` of which the lower triangle is kept, and its Cholesky factor.
struct SquareMatrix: Sendable {
  let size: Int

  /// Rows of the lower triangle, one after the other.
  var elements: [Double]

  init(size: Int) {
    self.size = size
    elements = Array(repeating: 0, count: size * (size + 1) / 2)
  }

  /// Element `(i, j)`, `j ≤ i`.
  subscript(i: Int, j: Int) -> Double {
    get { elements[i * (i + 1) / 2 + j] }
    set { elements[i * (i + 1) / 2 + j] = newValue }
  }

  /// Rows and columns `places` of the matrix, in that order; ascending.
  func part(_ places: [Int]) -> SquareMatrix {
    var part = SquareMatrix(size: places.count)
    for (i, row) in places.enumerated() {
      for (j, column) in places[...i].enumerated() { part[i, j] = self[row, column] }
    }
    return part
  }

  /// The lower triangle `L` with `L Lᵀ` equal to the matrix.
  ///
  /// A direction of which the matrix knows nothing (two segments that are always on together, more
  /// segments than samples) gets the curvature `10⁻¹⁰` of the largest diagonal element, so that
  /// what cannot be told apart shares a value.
  func cholesky() -> CholeskyFactor {
    var factor = self
    let least = 1e-10 * (0..<size).reduce(1e-300) { max($0, self[$1, $1]) }
    for i in 0..<size { factor[i, i] += least }
    for i in 0..<size {
      for j in 0...i {
        var sum = factor[i, j]
        for k in 0..<j { sum -= factor[i, k] * factor[j, k] }
        factor[i, j] = i == j ? max(sum, least * 1e-3).squareRoot() : sum / factor[j, j]
      }
    }
    return CholeskyFactor(lower: factor)
  }
}

/// Solves with a matrix that was factored once.
struct CholeskyFactor: Sendable {
  let lower: SquareMatrix

  func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == lower.size, "\(right.count) values for \(lower.size) rows")
    var x = right
    for i in 0..<lower.size {
      for k in 0..<i { x[i] -= lower[i, k] * x[k] }
      x[i] /= lower[i, i]
    }
    for i in (0..<lower.size).reversed() {
      for k in i + 1..<max(i + 1, lower.size) { x[i] -= lower[k, i] * x[k] }
      x[i] /= lower[i, i]
    }
    return x
  }
}
