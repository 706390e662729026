/// Follows the sampling of one image: how many samples come next, and what was reached.
///
/// ```
/// var progress = SamplingProgress(rule, first: 64)
/// while let samples = progress.next(estimate) { … }      // samples is a range of numbers
/// ```
///
/// Without a budget the rounds depend on nothing but the estimates, so the same seed gives the same
/// map.
struct SamplingProgress {
  private let rule: StoppingRule
  private let first: Int
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private(set) var done = 0

  /// - Parameter first: how many samples are drawn before it is asked whether they suffice.
  init(_ rule: StoppingRule, first: Int) {
    self.rule = rule
    self.first = first
    start = clock.now
  }

  /// The numbers of the samples to draw next, or nothing when it is enough.
  ///
  /// - Parameter estimate: what the samples so far say; nothing before the first.
  mutating func next(_ estimate: IntervalEstimate?) -> Range<Int>? {
    guard done < rule.samples else { return nil }
    if let precision = rule.precision, let estimate, estimate.relativeHalfWidth <= precision {
      return nil
    }
    var end = rule.samples
    if rule.precision != nil || rule.budget != nil {
      // Half as many again: few questions, and at the most a third too many samples.
      end = min(end, max(first, done + done / 2))
    }
    if let budget = rule.budget, done > 0 {
      let elapsed = start.duration(to: clock.now)
      let left = Int(Double(done) * max(0, budget / elapsed - 1))
      guard left > 0 else { return nil }
      end = min(end, done + left)
    }
    defer { done = end }
    return done..<end
  }

  /// What was reached, for the record.
  func measurements(_ estimate: IntervalEstimate) -> [AttributionRecord.Measurement] {
    [
      AttributionRecord.Measurement("samples", Double(done)),
      AttributionRecord.Measurement("half-width", estimate.relativeHalfWidth),
      AttributionRecord.Measurement("interval-factor", estimate.factor),
      AttributionRecord.Measurement("repeatable", rule.isRepeatable ? 1 : 0),
    ].filter { $0.value.isFinite }
  }
}

/// Values with the standard errors that sampling left.
struct IntervalEstimate: Sendable {
  let values: [Double]
  let standardErrors: [Double]

  /// How many independent draws less one (less the fitted numbers) the errors come from.
  let degreesOfFreedom: Int

  /// How many standard errors the 95 % intervals reach to either side.
  var factor: Double { StudentQuantile.twoSided95(degreesOfFreedom: degreesOfFreedom) }

  /// The largest half-width of the 95 % intervals, relative to the range of the values.
  var relativeHalfWidth: Double {
    guard let low = values.min(), let high = values.max(), let error = standardErrors.max() else {
      return 0
    }
    guard error > 0 else { return 0 }
    return high > low ? factor * error / (high - low) : .infinity
  }
}
