import Tensors

/// RISE: how much higher the score is on the average when a pixel is seen through a random mask.
///
/// ```
/// a[p] = Σ m[p] f(x·m) / Σ m[p]  −  mean of f(x·m)
/// ```
///
/// Masks are coarse grids of coin tosses, enlarged without edges and shifted. The paper's map is
/// `Σ m[p] f / (n · probability)`, positive wherever scores are and dim at the rim, where masks cover
/// less than they should; `form=paper` gives that. Ours divides by what the masks were and subtracts
/// the mean, so that zero means "makes no difference". Standard errors are of that ratio.
///
/// Reference: Petsiuk, Das & Saenko 2018, arXiv 1806.07421.
public struct Rise: ScoreMethod {
  /// When it is enough; a sample is a mask.
  public let rule: StoppingRule

  /// Cells of the coarse grid on each side, and the probability that one is on.
  public let cells: Int
  public let probability: Double
  public let fill: Fill
  public let form: Form

  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// The difference from the mean score.
    case difference

    /// The paper's weighted sum.
    case paper
  }

  public static let usualMasks = 4000

  public init(
    rule: StoppingRule = StoppingRule(samples: Rise.usualMasks), cells: Int = 7,
    probability: Double = 0.5, fill: Fill = .black,
    form: Form = .difference
  ) {
    precondition(rule.samples > 1 && cells > 0, "\(rule.samples) masks of \(cells) cells")
    self.rule = rule
    self.cells = cells
    self.probability = probability
    self.fill = fill
    self.form = form
  }

  public var preferredBatch: Int { 1 }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try question.planes(setting: "cells")
    try fill.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = try ChannelPlanes(image: model.inputShape, context, setting: "cells")
    return try subjects.map { subject in
      let off = try fill.input(for: subject, model.inputShape, context)
      return attribution(subject, off, planes, on: model, context)
    }
  }

  private func attribution(
    _ subject: Subject, _ off: [Float], _ planes: ChannelPlanes, on model: any Scorer,
    _ context: MethodContext
  ) -> Attribution {
    let drawn = CoarseMasks(
      cells: cells, probability: probability, planes, seed: context.seed, key: subject.key)
    var sums = RiseSums(planes)
    let mask = Lanes([planes.plane])
    defer { withExtendedLifetime(mask) {} }
    var progress = SamplingProgress(rule, first: 1024)
    var map = RiseSums.Map(values: [], standardErrors: [])
    while let masks = progress.next(progress.done > 0 ? map.estimate(progress.done) : nil) {
      model.evaluate(groups: model.groupCount(masks.count)) { group, inputs in
        let own = Lanes([planes.plane])
        defer { withExtendedLifetime(own) {} }
        drawn.fill(own.mutableView, first: masks.lowerBound + group * laneCount)
        for index in 0..<inputs.count {
          let share = own.view[index % planes.plane]
          inputs[index] = share * (subject.values[index] - off[index]) + off[index]
        }
      } read: { group, logits in
        let first = masks.lowerBound + group * laneCount
        drawn.fill(mask.mutableView, first: first)
        let scores = (0..<min(laneCount, masks.upperBound - first)).map {
          subject.target.score(logits, lane: $0)
        }
        sums.add(mask.mutableView, scores)
      }
      map = form == .difference ? sums.differences() : sums.paper(probability)
    }
    func everywhere(_ plane: [Float]) -> [Float] { (0..<planes.channels).flatMap { _ in plane } }
    return Attribution(
      shape: model.inputShape, values: everywhere(map.values),
      record: AttributionRecord(
        method: context.name,
        settings: context.settings.completed(by: [.init("samples", .integer(progress.done))]),
        seed: context.seed,
        target: subject.target, forwardEvaluations: progress.done,
        standardErrors: everywhere(map.standardErrors),
        measurements: [.init("mean-score", sums.meanScore)]
          + progress.measurements(map.estimate(progress.done))))
  }
}

extension Rise {
  static let description = MethodDescription(
    name: "rise", family: .surrogate,
    summary: "how much higher the score is when a pixel is seen through random masks, with "
      + "standard errors",
    reference: "Petsiuk, Das & Saenko 2018, arXiv 1806.07421",
    completeness: .none,
    settings: StoppingRule.descriptions(default: usualMasks, "masks") + [
      SettingDescription(
        "cells", .integer(1...1024), default: .integer(7), "cells of a mask on each side"),
      SettingDescription(
        "probability", .number(0.01...0.99), default: .number(0.5), "that a cell is on"),
      SettingDescription(
        "form", .choice(Form.allCases.map(\.rawValue)), default: .word("difference"),
        "difference from the mean score, or the paper's weighted sum"),
    ] + FillSettings.descriptions(default: "black", hasSegments: false),
    cost: "samples forward",
    reading:
      "A pixel's value says how much higher the score is, on the average, when random masks show "
      + "the pixel than it is over all masks: positive where showing it raises the score, negative "
      + "where it lowers the score. With form=paper only differences between pixels say anything.",
    caution:
      "Anything finer than the cells of the masks. Masked pictures may be unlike all that the "
      + "model has seen, and the masks are drawn by chance: --uncertain grey leaves without colour what "
      + "may as well be zero."
  ) { settings in
    .scores(
      Rise(
        rule: StoppingRule(settings, default: usualMasks), cells: settings.integer("cells"),
        probability: settings.number("probability"), fill: FillSettings.fill(settings),
        form: Form(rawValue: settings.word("form")) ?? .difference))
  }
}
