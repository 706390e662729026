import Segmentation
import Tensors

/// Shapley values of the segments by random permutations: what a segment adds when it joins those
/// before it, on the average.
///
/// ```
/// φᵢ ≈ mean over permutations π of v(before i in π, and i) − v(before i in π)
/// ```
///
/// Each permutation is followed by its reverse, whose errors have mostly the opposite sign
/// (antithetic sampling, Mitchell et al. 2022, arXiv 2104.12199), so permutations come in pairs; an
/// odd number of them is rounded up. Standard errors are those of the pairs' means. The values add
/// up to the difference between the whole image and the one with everything off, whatever the number
/// of permutations.
///
/// Reference: Castro, Gómez, Tejada 2009, doi 10.1016/j.cor.2008.04.004.
public struct ShapleySampling: SegmentMethod {
  public let segments: SegmentChoice
  public let fill: Fill

  /// When it is enough; a sample is a permutation.
  public let rule: StoppingRule

  public init(segments: SegmentChoice, fill: Fill = .black, rule: StoppingRule) {
    self.segments = segments
    self.fill = fill
    self.rule = rule
  }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) -> Attribution {
    let ends = ends(&scores, segments: inputs.segments.count)
    let orders = PermutationPairs(
      players: inputs.segments.count, seed: context.seed, key: subject.key)
    var contributions = RunningMoments(count: inputs.segments.count)
    var progress = SamplingProgress(rule.ofPairs, first: 16)
    while let pairs = progress.next(contributions.estimate) {
      for block in orders.blocks(pairs) {
        let worth = scores.scores(orders.masks(block))
        orders.forEachContribution(block, worth, off: ends.off, on: ends.on) {
          contributions.add($0)
        }
      }
    }
    let estimate = contributions.estimate
    return inputs.attribution(
      subject, values: contributions.means, standardErrors: estimate?.standardErrors,
      expected: ends.on - ends.off, forwardEvaluations: scores.evaluations, context,
      settings: [.init("permutations", .integer(2 * progress.done))],
      measurements: estimate.map { progress.measurements($0) } ?? [])
  }

  /// The scores with everything off and with everything on.
  private func ends(
    _ scores: inout CoalitionScores, segments: Int
  ) -> (off: Double, on: Double) {
    var masks = SampleMasks(segments: segments)
    for isOn in [false, true] { masks.append { _ in isOn } }
    let ends = scores.scores(masks)
    return (ends[0], ends[1])
  }
}

extension StoppingRule {
  /// The same in pairs of samples.
  fileprivate var ofPairs: StoppingRule {
    StoppingRule(samples: (samples + 1) / 2, precision: precision, budget: budget)
  }
}

extension ShapleySampling {
  static let description = MethodDescription(
    name: "shapley-sampling", family: .perturbation,
    summary: "Shapley values of the segments by random permutations, with standard errors",
    reference: "Castro et al. 2009, doi 10.1016/j.cor.2008.04.004",
    completeness: .differenceFromBaseline,
    settings: StoppingRule.descriptions(
      "permutations", default: 26, "orders in which segments join, each with its reverse")
      + [
        SettingDescription(
          "samples", .integer(2...StoppingRule.mostSamples), default: nil,
          "the same as permutations")
      ] + SegmentSettings.descriptions
      + FillSettings.descriptions(default: "black", hasSegments: true),
    cost: "permutations · (segments − 1) forward",
    reading: ShapleyWords.reading("random orders in which parts join"),
    caution: ShapleyWords.caution + ShapleyWords.chance
  ) { (settings) throws(MethodError) in
    if settings.has("samples"), settings.has("permutations") {
      throw MethodError.repeatedSetting(method: settings.method, setting: "permutations")
    }
    return .scores(
      ShapleySampling(
        segments: try SegmentSettings.choice(settings), fill: FillSettings.fill(settings),
        rule: StoppingRule(
          settings, settings.has("samples") ? "samples" : "permutations", default: 26)))
  }
}
