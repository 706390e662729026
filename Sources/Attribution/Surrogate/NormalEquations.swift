/// What a weighted least-squares fit of scores on masks needs to know of its samples.
///
/// ```
/// A = Σ w z̃ z̃ᵀ    b = Σ w z̃ y    z̃ = (z, 1)
/// ```
///
/// The last row and column belong to the intercept. Everything is `Double`, added in the samples'
/// order. Sums of several parts can be added and taken away, which is what resampling does.
struct NormalEquations: Sendable {
  /// Segments, without the intercept.
  let segments: Int
  private(set) var matrix: SquareMatrix
  private(set) var right: [Double]

  /// `Σ w y²`
  private(set) var squares = 0.0

  init(segments: Int) {
    self.segments = segments
    matrix = SquareMatrix(size: segments + 1)
    right = Array(repeating: 0, count: segments + 1)
  }

  var weight: Double { matrix[segments, segments] }

  /// The weighted mean of the scores.
  var mean: Double { right[segments] / weight }

  /// Adds a sample by the segments that are on in it, in ascending order.
  mutating func add(_ active: [Int], score: Double, weight: Double) {
    let places = active + [segments]
    for (number, i) in places.enumerated() {
      for j in places[...number] { matrix[i, j] += weight }
      right[i] += weight * score
    }
    squares += weight * score * score
  }

  func scaled(by factor: Double) -> NormalEquations {
    var scaled = self
    for index in scaled.matrix.elements.indices { scaled.matrix.elements[index] *= factor }
    for index in scaled.right.indices { scaled.right[index] *= factor }
    scaled.squares *= factor
    return scaled
  }

  static func - (all: NormalEquations, part: NormalEquations) -> NormalEquations {
    var rest = all
    for index in rest.matrix.elements.indices {
      rest.matrix.elements[index] -= part.matrix.elements[index]
    }
    for index in rest.right.indices { rest.right[index] -= part.right[index] }
    rest.squares -= part.squares
    return rest
  }

  static func + (one: NormalEquations, other: NormalEquations) -> NormalEquations {
    var sum = one
    for index in sum.matrix.elements.indices {
      sum.matrix.elements[index] += other.matrix.elements[index]
    }
    for index in sum.right.indices { sum.right[index] += other.right[index] }
    sum.squares += other.squares
    return sum
  }

  /// `Σ w (y − zβ − β₀)²`
  func squaredResiduals(_ fit: LinearFit) -> Double {
    let beta = fit.coefficients + [fit.intercept]
    var sum = squares
    for i in 0...segments {
      sum -= 2 * beta[i] * right[i]
      for j in 0..<i { sum += 2 * beta[i] * beta[j] * matrix[i, j] }
      sum += beta[i] * beta[i] * matrix[i, i]
    }
    return max(0, sum)
  }

  /// The share of the scores' weighted variance that the fit explains; 1 where there is none.
  func explainedShare(_ fit: LinearFit) -> Double {
    let total = squares - right[segments] * mean
    return total > 1e-12 * max(squares, 1e-300) ? 1 - squaredResiduals(fit) / total : 1
  }
}

/// A linear function of masks.
struct LinearFit: Sendable, Equatable {
  var coefficients: [Double]
  var intercept: Double

  func value(_ active: [Int]) -> Double {
    active.reduce(intercept) { $0 + coefficients[$1] }
  }
}
