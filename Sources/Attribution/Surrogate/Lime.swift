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
/// Unless asked otherwise, two things are done that other tools do not do. A segment that looks the
/// same on and off is left out of the fit: its value is zero. And where the others have no more masks
/// than samples are asked for, each mask is evaluated once, which leaves nothing to chance; otherwise
/// masks come with their complements, which makes the errors of as many samples several times smaller.
///
/// Reference: Ribeiro, Singh & Guestrin 2016, arXiv 1602.04938.
public struct Lime: SegmentMethod {
  public let segments: SegmentChoice
  public let profile: LimeProfile

  /// When it is enough.
  public let rule: StoppingRule

  public static let usualSamples = 1024

  public init(
    segments: SegmentChoice, profile: LimeProfile = .whylight,
    rule: StoppingRule = StoppingRule(samples: Lime.usualSamples)
  ) {
    self.segments = segments
    self.profile = profile
    self.rule = rule
  }

  var fill: Fill { profile.fill }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) -> Attribution {
    let features = features(of: inputs)
    let sampling = profile.sampling.possible(segments: features.count, most: most)
    let draws = MaskDraws(
      sampling, startsWhole: profile.startsWhole, segments: features.count, seed: context.seed,
      key: subject.key)
    var masks = SampleMasks(segments: features.count)
    var worth: [Double] = []
    var result: SurrogateFit?
    var progress = SamplingProgress(
      sampling == .whole ? StoppingRule(samples: 1 << features.count) : rule,
      first: max(256, 8 * features.count))
    while let samples = progress.next(result?.estimate) {
      let some = draws.masks(samples)
      worth += scores.scores(some.widened(to: inputs.segments.count, at: features))
      masks.append(some)
      result = fit(inputs, masks, worth, sampling)
    }
    let fit = result ?? fit(inputs, masks, worth, sampling)
    return inputs.attribution(
      subject, values: inputs.spread(fit.fit.coefficients, over: features),
      standardErrors: inputs.spread(fit.standardErrors, over: features),
      forwardEvaluations: scores.evaluations, context,
      settings: [.init("samples", .integer(masks.count))] + profile.settings(sampling),
      measurements: [
        AttributionRecord.Measurement("intercept", fit.fit.intercept),
        AttributionRecord.Measurement("weighted-r2", fit.explainedShare),
        AttributionRecord.Measurement(
          "local-prediction", fit.fit.value(Array(features.indices))),
      ] + progress.measurements(fit.estimate))
  }

  /// The segments that the fit knows.
  private func features(of inputs: MaskedInputs) -> [Int] {
    profile.leavesOutUnchanged ? inputs.differing : Array(0..<inputs.segments.count)
  }

  /// How many masks may be evaluated before they have to be drawn.
  private var most: Int {
    rule.precision == nil && rule.budget == nil
      ? rule.samples : min(rule.samples, Self.usualSamples)
  }

  /// The fit to given masks of the features and their scores.
  func fit(
    _ inputs: MaskedInputs, _ masks: SampleMasks, _ scores: [Double], _ sampling: MaskSampling
  ) -> SurrogateFit {
    var weights = profile.kernel.weights(masks, inputs, features: features(of: inputs))
    if sampling == .whole {
      // As much weight as that many samples would have, so that the penalty is as strong.
      let factor = Double(most) / Double(masks.count)
      weights = weights.map { $0 * factor }
    }
    return SurrogateRegression(penalty: profile.penalty, selection: profile.selection).fit(
      SurrogateRegression.Samples(
        masks: masks, scores: scores, weights: weights, together: sampling.together))
  }
}

extension MaskedInputs {
  /// Values of some segments among zeros for the others.
  fileprivate func spread(_ values: [Double], over chosen: [Int]) -> [Double] {
    var spread = Array(repeating: 0.0, count: segments.count)
    for (value, segment) in zip(values, chosen) { spread[segment] = value }
    return spread
  }
}
