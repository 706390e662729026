/// Means and standard errors of vectors that come one after the other, by Welford's recurrence.
struct RunningMoments {
  private(set) var means: [Double]
  private var squares: [Double]
  private(set) var draws = 0

  init(count: Int) {
    means = Array(repeating: 0, count: count)
    squares = means
  }

  mutating func add(_ values: [Double]) {
    precondition(values.count == means.count, "\(values.count) values of \(means.count)")
    draws += 1
    for (i, value) in values.enumerated() {
      let distance = value - means[i]
      means[i] += distance / Double(draws)
      squares[i] += distance * (value - means[i])
    }
  }

  /// The means with their standard errors; nothing before the second vector.
  var estimate: IntervalEstimate? {
    guard draws > 1 else { return nil }
    let factor = 1 / (Double(draws) * Double(draws - 1))
    return IntervalEstimate(
      values: means, standardErrors: squares.map { ($0 * factor).squareRoot() },
      degreesOfFreedom: draws - 1)
  }
}
