import Tensors

/// Integrated gradients along a path that goes first where the score changes little.
///
/// ```
/// a = Σₖ (xₖ₊₁ − xₖ) · ∂f/∂x (xₖ)
/// ```
///
/// Each step depends on the gradient at the point before (``GuidedPath``), so a path is walked point
/// by point, sixteen paths side by side.
///
/// Reference: Kapishnikov et al. 2021, arXiv 2106.09788.
public struct GuidedIntegratedGradients: GradientMethod {
  public let steps: Int

  /// The share of elements that move at a time.
  public let fraction: Double

  /// How far from the straight path an element may be, as a share of the whole way.
  public let maximumDistance: Double
  public let baselines: BaselineSet

  public init(
    steps: Int = 200, fraction: Double = 0.25, maximumDistance: Double = 0.02,
    baselines: BaselineSet = BaselineSet([.black])
  ) {
    self.steps = steps
    self.fraction = fraction
    self.maximumDistance = maximumDistance
    self.baselines = baselines
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try baselines.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    let bytes = 6 * model.inputShape.count * MemoryLayout<Double>.stride
    return try subjects.inBlocks(bytesEach: bytes * baselines.baselines.count) { block in
      try attribute(block: block, on: model, context)
    }
  }

  private func attribute(
    block subjects: [Subject], on model: any DifferentiableScorer, _ context: MethodContext
  ) throws(MethodError) -> [Attribution] {
    let shape = model.inputShape
    let lines = try BaselineLine.lines(subjects, baselines, shape, context)
    var paths = lines.map { line in
      GuidedPath(
        from: line.start, to: subjects[line.subject].values, steps: steps, fraction: fraction,
        maximumDistance: maximumDistance)
    }
    for step in 0..<steps {
      let points = zip(lines, paths).map { line, path in
        Subject(values: path.position.map { Float($0) }, target: subjects[line.subject].target)
      }
      model.differentiate(groups: model.groupCount(points.count)) { group, inputs in
        points.fill(inputs, group: group)
      } seed: { group, logits, dLogits in
        points.seed(logits, dLogits, group: group)
      } read: { group, _, gradient in
        for number in points.inGroup(group).indices {
          paths[number].advance(step, gradient: gradient.sample(number - group * laneCount))
        }
      }
    }

    let expected = lines.expectations(subjects, on: model)
    var maps = subjects.map { _ in Array(repeating: 0.0, count: shape.count) }
    for (line, path) in zip(lines, paths) {
      let share = 1 / Double(expected.evaluations[line.subject] - 1)
      for (i, value) in path.map.enumerated() { maps[line.subject][i] += value * share }
    }
    return subjects.indices.map { number in
      let evaluations = (expected.evaluations[number] - 1) * steps
      return Attribution(
        shape: shape, values: maps[number].map { Float($0) },
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subjects[number].target, expected: expected.values[number],
          forwardEvaluations: evaluations + expected.evaluations[number],
          backwardEvaluations: evaluations))
    }
  }
}

extension GuidedIntegratedGradients {
  static let description = MethodDescription(
    name: "guided-ig", family: .path,
    summary: "integrated gradients on a path that goes first where the score changes little",
    reference: "Kapishnikov et al. 2021, arXiv 2106.09788",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "steps", .integer(1...1_000_000), default: .integer(200), "points on the path"),
      SettingDescription(
        "fraction", .number(0...1), default: .number(0.25), "share of elements that move at a time"),
      SettingDescription(
        "max-distance", .number(0...1), default: .number(0.02),
        "how far from the straight path an element may be, as a share of the way"),
    ] + BaselineSettings.descriptions(), cost: "steps forward, steps backward"
  ) { (settings) throws(MethodError) in
    .gradients(
      GuidedIntegratedGradients(
        steps: settings.integer("steps"), fraction: settings.number("fraction"),
        maximumDistance: settings.number("max-distance"),
        baselines: try BaselineSettings.baselines(settings)))
  }
}
