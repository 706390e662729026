/// A linear function fitted to scores of masks, and what sampling leaves unsure about it.
struct SurrogateFit: Sendable {
  let fit: LinearFit

  /// The standard error of each coefficient; zero for those that were left out.
  let standardErrors: [Double]

  /// The share of the scores' weighted variance that the fit explains.
  let explainedShare: Double

  /// How many independent draws there were, less the fitted numbers.
  let degreesOfFreedom: Int

  var estimate: IntervalEstimate {
    IntervalEstimate(
      values: fit.coefficients, standardErrors: standardErrors, degreesOfFreedom: degreesOfFreedom)
  }
}

/// Fits a linear function to scores of masks.
struct SurrogateRegression: Sendable {
  let penalty: Penalty
  let selection: FeatureSelection

  /// Masks, their scores and weights, in the order in which they were drawn.
  struct Samples: Sendable {
    let masks: SampleMasks
    let scores: [Double]
    let weights: [Double]

    /// How many neighbouring samples were drawn together: 2 if each comes with its complement;
    /// nothing if these are all masks, which leaves nothing to chance.
    let together: Int?
  }

  func fit(_ samples: Samples) -> SurrogateFit {
    let equations = samples.equations(0..<samples.masks.count)
    let chosen = selection.choice(equations)
    let fit = equations.fit(penalty, on: chosen)
    return SurrogateFit(
      fit: fit,
      standardErrors: standardErrors(samples, equations, fit),
      explainedShare: equations.explainedShare(fit),
      degreesOfFreedom: max(1, samples.draws - chosen.count - 1))
  }

  private func standardErrors(
    _ samples: Samples, _ equations: NormalEquations, _ fit: LinearFit
  ) -> [Double] {
    guard let together = samples.together else {
      return Array(repeating: 0, count: equations.segments)
    }
    guard selection == .all, let ridge else { return jackknife(samples, together) }
    return sandwich(samples, together, equations, fit, ridge: ridge)
  }

  /// The penalty where the coefficients follow from the scores linearly.
  private var ridge: Double? {
    switch penalty {
    case .none: 0
    case .ridge(let alpha): alpha
    case .lasso: nil
    }
  }

  /// The covariance that holds whatever the scores' deviations from the fit look like: they are not
  /// noise but interactions of segments, and as large as they please.
  ///
  /// ```
  /// V = A⁻¹ (Σ sₚ sₚᵀ) A⁻¹ · n / (n − k)      sₚ = Σ w z̃ (y − ŷ) over what was drawn together
  /// ```
  ///
  /// Reference: White 1980, doi 10.2307/1912934; clusters: Liang & Zeger 1986,
  /// doi 10.1093/biomet/73.1.13.
  private func sandwich(
    _ samples: Samples, _ together: Int, _ equations: NormalEquations, _ fit: LinearFit,
    ridge: Double
  ) -> [Double] {
    let segments = equations.segments
    let factor = equations.penalized(ridge, Array(0..<segments)).cholesky()
    var sums = Array(repeating: 0.0, count: segments)
    for first in stride(from: 0, to: samples.masks.count, by: together) {
      var pull = Array(repeating: 0.0, count: segments + 1)
      for sample in first..<min(first + together, samples.masks.count) {
        let active = samples.masks.active(in: sample)
        let miss = samples.weights[sample] * (samples.scores[sample] - fit.value(active))
        for segment in active { pull[segment] += miss }
        pull[segments] += miss
      }
      let moved = factor.solve(pull)
      for segment in 0..<segments { sums[segment] += moved[segment] * moved[segment] }
    }
    let free = Double(max(1, samples.draws - segments - 1))
    return sums.map { ($0 * Double(samples.draws) / free).squareRoot() }
  }

  /// Fits again without one twentieth of the draws, each in turn (Quenouille; Tukey 1958): for fits
  /// that choose, whose coefficients are no linear function of the scores.
  private func jackknife(_ samples: Samples, _ together: Int) -> [Double] {
    let draws = samples.draws
    let parts = min(20, draws)
    let sums = (0..<parts).map { part in
      let range = part * draws / parts * together
      let end = (part + 1) * draws / parts * together
      return samples.equations(range..<min(end, samples.masks.count))
    }
    let all = sums.dropFirst().reduce(sums[0], +)
    let fits = sums.map { part in
      let rest = all - part
      return rest.fit(penalty, on: selection.choice(rest)).coefficients
    }
    return (0..<samples.masks.segments).map { segment in
      let values = fits.map { $0[segment] }
      let mean = values.reduce(0, +) / Double(parts)
      let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (spread * Double(parts - 1) / Double(parts)).squareRoot()
    }
  }
}

extension SurrogateRegression.Samples {
  /// How many independent draws the samples are.
  var draws: Int { (masks.count + (together ?? 1) - 1) / (together ?? 1) }

  func equations(_ range: Range<Int>) -> NormalEquations {
    var equations = NormalEquations(segments: masks.segments)
    for sample in range {
      equations.add(masks.active(in: sample), score: scores[sample], weight: weights[sample])
    }
    return equations
  }
}
