import Segmentation
import Tensors

/// LIME: a weighted linear fit of the score on which segments of the image are shown.
///
/// ```
/// f(x masked by z) ≈ β₀ + β·z      least squares weighted by w(z), on random masks z
/// ```
///
/// A segment's value is its coefficient: how much the score rises on the average when the segment is
/// shown among random others. The intercept, the weighted R² and the fit's own value for the whole
/// image are in the record. Standard errors are those of sampling: how far the coefficients would
/// move with other masks.
///
/// Masks come with their complements unless asked otherwise, which other tools do not do: of the
/// same number of samples it makes the errors several times smaller.
///
/// Reference: Ribeiro, Singh & Guestrin 2016, arXiv 1602.04938.
public struct Lime: SegmentMethod {
  public let segments: SegmentChoice
  public let profile: LimeProfile

  /// When it is enough.
  public let rule: StoppingRule

  public init(
    segments: SegmentChoice, profile: LimeProfile = .whylight,
    rule: StoppingRule = StoppingRule(samples: 2000)
  ) {
    self.segments = segments
    self.profile = profile
    self.rule = rule
  }

  var fill: Fill { profile.fill }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, on model: any Scorer, _ context: MethodContext
  ) -> Attribution {
    let draws = MaskDraws(
      profile, segments: inputs.segments.count, seed: context.seed, key: subject.key)
    var masks = SampleMasks(segments: inputs.segments.count)
    var scores: [Double] = []
    var result: SurrogateFit?
    var progress = SamplingProgress(rule, first: max(256, 8 * inputs.segments.count))
    while let samples = progress.next(result?.estimate) {
      let some = draws.masks(samples)
      scores += inputs.scores(some, of: subject.target, on: model)
      for sample in 0..<some.count { masks.append { some[sample, $0] } }
      result = fit(inputs, masks, scores)
    }
    let fit = result ?? fit(inputs, masks, scores)
    return attribution(
      subject, inputs, fit, evaluations: masks.count, context,
      progress.measurements(fit.estimate))
  }

  /// The fit to given masks and their scores.
  func fit(_ inputs: MaskedInputs, _ masks: SampleMasks, _ scores: [Double]) -> SurrogateFit {
    SurrogateRegression(penalty: profile.penalty, selection: profile.selection).fit(
      SurrogateRegression.Samples(
        masks: masks, scores: scores, weights: profile.kernel.weights(masks, inputs),
        together: profile.sampling.together))
  }

  private func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ result: SurrogateFit, evaluations: Int,
    _ context: MethodContext, _ reached: [AttributionRecord.Measurement]
  ) -> Attribution {
    inputs.attribution(
      subject, values: result.fit.coefficients, standardErrors: result.standardErrors,
      forwardEvaluations: evaluations, context,
      settings: [.init("samples", .integer(evaluations))] + profile.settings,
      measurements: [
        AttributionRecord.Measurement("intercept", result.fit.intercept),
        AttributionRecord.Measurement("weighted-r2", result.explainedShare),
        AttributionRecord.Measurement(
          "local-prediction", result.fit.value(Array(0..<inputs.segments.count))),
      ] + reached)
  }
}
