import Segmentation
import Tensors

/// Shapley values of the segments by weighted least squares on coalitions.
///
/// ```
/// minimise Σ w(|z|) (v(z) − v(0) − φ·z)²    subject to Σ φ = v(1) − v(0)
/// w(k) = (M − 1) / (C(M, k) k (M − k))
/// ```
///
/// Sizes whose coalitions are few (one segment on, one off, …) are taken whole first; the rest are
/// drawn in pairs of a coalition and its complement. With all coalitions the values are the Shapley
/// values. The values add up exactly, and no segment is dropped (the `shap` package keeps ten unless
/// told otherwise). Standard errors are those of the drawn part.
///
/// References: Lundberg & Lee 2017, arXiv 1705.07874; Covert & Lee 2021, arXiv 2012.01536 (pairs,
/// errors).
public struct KernelShap: SegmentMethod {
  public let segments: SegmentChoice
  public let fill: Fill

  /// When it is enough; without, twice the segments and 2048 coalitions. The whole image and the one
  /// with everything off are evaluated besides.
  public let rule: StoppingRule?

  public init(segments: SegmentChoice, fill: Fill = .black, rule: StoppingRule? = nil) {
    self.segments = segments
    self.fill = fill
    self.rule = rule
  }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) -> Attribution {
    let count = inputs.segments.count
    let rule = rule ?? StoppingRule(samples: 2 * count + 2048)
    // Where a precision or a time ends it, whole sizes are not taken beyond the usual number.
    let isOpen = rule.precision != nil || rule.budget != nil
    let plan = CoalitionPlan(
      segments: count, samples: isOpen ? min(rule.samples, 2 * count + 2048) : rule.samples)
    // The ends travel with the whole sizes, so that they cost no group of their own.
    var whole = SampleMasks(segments: count)
    for isOn in [false, true] { whole.append { _ in isOn } }
    plan.appendWholeSizes(to: &whole)
    let worth = scores.scores(whole)
    var fit = ShapleyRegression(segments: count, off: worth[0], on: worth[1])
    for sample in 2..<max(2, whole.count) {
      let active = whole.active(in: sample)
      fit.addWhole(active, score: worth[sample], weight: plan.weight(ofSize: active.count))
    }
    var estimate = plan.drawn == 0 ? fit.solved(drawnWeight: 0) : nil
    let pairs = (isOpen ? max(plan.drawn, rule.samples - whole.count) : plan.drawn) / 2
    var progress = SamplingProgress(
      StoppingRule(samples: max(1, pairs), precision: rule.precision, budget: rule.budget),
      first: max(128, 4 * count))
    while plan.drawn > 0, let some = progress.next(estimate) {
      let masks = plan.drawnMasks(
        2 * some.lowerBound..<2 * some.upperBound, seed: context.seed, key: subject.key)
      fit.addDrawn(masks, scores.scores(masks))
      estimate = fit.solved(drawnWeight: plan.drawnWeight)
    }
    let solved = estimate ?? fit.solved(drawnWeight: plan.drawnWeight)
    return inputs.attribution(
      subject, values: solved.values, standardErrors: solved.standardErrors,
      expected: worth[1] - worth[0], forwardEvaluations: scores.evaluations, context,
      settings: [.init("samples", .integer(rule.samples))],
      measurements: [
        .init("whole-sizes", Double(plan.wholeSizes)), .init("drawn", Double(fit.drawnCount)),
      ] + (plan.drawn > 0 ? progress.measurements(solved).filter { $0.name != "samples" } : []))
  }
}

extension KernelShap {
  static let description = MethodDescription(
    name: "kernel-shap", family: .surrogate,
    summary: "Shapley values of the segments by weighted least squares, with standard errors",
    reference: "Lundberg & Lee 2017, arXiv 1705.07874",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "samples", .integer(2...10_000_000), default: nil,
        "coalitions (2048 and twice the segments, with precision or budget as many as it takes)")
    ] + StoppingRule.descriptions(default: 2048, "coalitions").filter { $0.name != "samples" }
      + SegmentSettings.descriptions
      + FillSettings.descriptions(default: "black", hasSegments: true),
    cost: "samples + 2 forward",
    reading: ShapleyWords.reading("all orders in which parts can join")
      + " This is estimated by a linear fit to the scores of images with some parts taken away.",
    caution: ShapleyWords.caution + ShapleyWords.chance
  ) { (settings) throws(MethodError) in
    let isOpen = ["samples", "precision", "budget"].contains { settings.has($0) }
    return .scores(
      KernelShap(
        segments: try SegmentSettings.choice(settings), fill: FillSettings.fill(settings),
        rule: isOpen ? StoppingRule(settings, default: 2048) : nil))
  }
}
