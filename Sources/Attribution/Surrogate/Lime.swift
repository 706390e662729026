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
public struct Lime: ScoreMethod {
  public let segments: SegmentChoice
  public let profile: LimeProfile
  public let samples: Int

  public init(segments: SegmentChoice, profile: LimeProfile = .whylight, samples: Int = 1000) {
    precondition(samples > 1, "\(samples) samples of lime")
    self.segments = segments
    self.profile = profile
    self.samples = samples
  }

  public var preferredBatch: Int { 1 }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    try subjects.map { subject in
      let inputs = try MaskedInputs(
        subject, model.inputShape, segments: segments, fill: profile.fill, context)
      let masks = masks(of: subject, inputs, context)
      return attribution(
        subject, inputs, masks, inputs.scores(masks, of: subject.target, on: model), context)
    }
  }

  private func masks(
    of subject: Subject, _ inputs: MaskedInputs, _ context: MethodContext
  ) -> SampleMasks {
    let drawn = profile.sampling.masks(
      samples - (profile.startsWhole ? 1 : 0), segments: inputs.segments.count,
      seed: context.seed, key: subject.key)
    guard profile.startsWhole else { return drawn }
    var masks = SampleMasks(segments: inputs.segments.count)
    masks.append { _ in true }
    for sample in 0..<drawn.count { masks.append { drawn[sample, $0] } }
    return masks
  }

  /// The map of given masks and their scores.
  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ masks: SampleMasks, _ scores: [Double],
    _ context: MethodContext
  ) -> Attribution {
    let result = SurrogateRegression(penalty: profile.penalty, selection: profile.selection).fit(
      SurrogateRegression.Samples(
        masks: masks, scores: scores, weights: profile.kernel.weights(masks, inputs),
        together: profile.sampling.together))
    return inputs.attribution(
      subject, values: result.fit.coefficients, standardErrors: result.standardErrors,
      forwardEvaluations: masks.count, context, settings: profile.settings,
      measurements: [
        AttributionRecord.Measurement("intercept", result.fit.intercept),
        AttributionRecord.Measurement("weighted-r2", result.explainedShare),
        AttributionRecord.Measurement(
          "local-prediction", result.fit.value(Array(0..<inputs.segments.count))),
      ])
  }
}
