#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What keeps the coefficients of a fit small. The intercept is free in all.
///
/// The scales are scikit-learn's, so that numbers can be carried over.
public enum Penalty: Sendable, Hashable {
  case none

  /// Minimises `Σ w (y − zβ − β₀)² + α Σ β²`.
  case ridge(Double)

  /// Minimises `Σ w (y − zβ − β₀)² / (2 Σ w) + α Σ |β|`, which makes small coefficients zero.
  case lasso(Double)
}

extension NormalEquations {
  /// The fit on some of the segments; the others' coefficients are zero.
  func fit(_ penalty: Penalty, on chosen: [Int]) -> LinearFit {
    switch penalty {
    case .none: leastSquares(ridge: 0, chosen)
    case .ridge(let alpha): leastSquares(ridge: alpha, chosen)
    case .lasso(let alpha): lasso(alpha, chosen)
    }
  }

  private func leastSquares(ridge: Double, _ chosen: [Int]) -> LinearFit {
    let places = chosen + [segments]
    let solution = penalized(ridge, chosen).cholesky().solve(places.map { right[$0] })
    var fit = LinearFit(
      coefficients: Array(repeating: 0, count: segments), intercept: solution[chosen.count])
    for (place, value) in zip(chosen, solution) { fit.coefficients[place] = value }
    return fit
  }

  /// The matrix of the chosen segments and the intercept, with the penalty on the diagonal.
  func penalized(_ ridge: Double, _ chosen: [Int]) -> SquareMatrix {
    var part = matrix.part(chosen + [segments])
    for i in chosen.indices { part[i, i] += ridge }
    return part
  }

  /// Coordinate descent (Friedman, Hastie & Tibshirani 2010, doi 10.18637/jss.v033.i01) on centred
  /// moments until no coefficient moves by more than `10⁻¹²` of the scores' deviation.
  private func lasso(_ alpha: Double, _ chosen: [Int]) -> LinearFit {
    func center(_ i: Int) -> Double { matrix[segments, i] / weight }
    func covariance(_ i: Int, _ j: Int) -> Double {
      matrix[max(i, j), min(i, j)] / weight - center(i) * center(j)
    }
    let targets = chosen.map { right[$0] / weight - center($0) * mean }
    let rows = chosen.map { i in chosen.map { covariance(i, $0) } }
    let deviation = max(0, squares / weight - mean * mean).squareRoot()
    var beta = Array(repeating: 0.0, count: chosen.count)
    for _ in 0..<100_000 {
      var largest = 0.0
      for i in chosen.indices where rows[i][i] > 0 {
        let rest = targets[i] - zip(rows[i], beta).reduce(0) { $0 + $1.0 * $1.1 }
        let pull = rest + rows[i][i] * beta[i]
        let size = max(0, abs(pull) - alpha) / rows[i][i]
        let moved = copysign(size, pull)
        largest = max(largest, abs(moved - beta[i]))
        beta[i] = moved
      }
      if largest <= 1e-12 * deviation { break }
    }
    var fit = LinearFit(coefficients: Array(repeating: 0, count: segments), intercept: mean)
    for (place, value) in zip(chosen, beta) {
      fit.coefficients[place] = value
      fit.intercept -= value * center(place)
    }
    return fit
  }
}
