import Tensors

/// Integrated gradients by a fixed rule: the gradient averaged on the straight way from a baseline,
/// times the difference.
///
/// ```
/// aᵢ = (xᵢ − x′ᵢ) Σₖ wₖ ∂f/∂xᵢ (x′ + αₖ (x − x′))
/// ```
///
/// With several baselines the maps are averaged. The sum of a map misses `f(x) − f(x′)` by the
/// rule's error, which the record states; that difference is small long before the map is right,
/// because errors of opposite sign cancel in it, so use the tolerance of
/// ``AdaptiveIntegratedGradients`` where the map itself is to be right.
///
/// Reference: Sundararajan, Taly & Yan 2017, arXiv 1703.01365.
public struct IntegratedGradients: GradientMethod {
  public let steps: Int
  public let rule: QuadratureRule
  public let baselines: BaselineSet

  public init(
    steps: Int, rule: QuadratureRule = .gaussLegendre,
    baselines: BaselineSet = BaselineSet([.black])
  ) {
    self.steps = steps
    self.rule = rule
    self.baselines = baselines
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try baselines.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any DifferentiableScorer, context: MethodContext
  ) throws -> [Attribution] {
    let bytes = model.inputShape.count * MemoryLayout<Vector>.stride
    return try subjects.inBlocks(bytesEach: bytes * baselines.baselines.count) { block in
      try attribute(block: block, on: model, context)
    }
  }

  private func attribute(
    block subjects: [Subject], on model: any DifferentiableScorer, _ context: MethodContext
  ) throws(MethodError) -> [Attribution] {
    let shape = model.inputShape
    let lines = try BaselineLine.lines(subjects, baselines, shape, context)
    let sums = lines.map { _ in SlotSums(shape) }
    let nodes = QuadratureBlocks(rule.nodes(steps))
    SampledGradients(targets: lines.map { subjects[$0.subject].target }, samples: steps)
      .run(on: model) { line, first, inputs in
        lines[line].fill(inputs, at: nodes.positions[first / laneCount])
      } collect: { block in
        sums[block.item].add(block.gradient, times: nodes.weights[block.first / laneCount])
      }

    let settings = context.settings.completed(
      by: [.init("steps", .integer(steps)), .init("rule", .word(rule.rawValue))])
    let expected = lines.expectations(subjects, on: model)
    var maps = subjects.map { _ in Array(repeating: Float(0), count: shape.count) }
    for (line, sums) in zip(lines, sums) {
      let share = 1 / Float(expected.evaluations[line.subject] - 1)
      for (i, average) in sums.totals().enumerated() {
        maps[line.subject][i] += line.difference[i] * average * share
      }
    }
    return subjects.indices.map { number in
      let evaluations = (expected.evaluations[number] - 1) * steps
      return Attribution(
        shape: shape, values: maps[number],
        record: AttributionRecord(
          method: context.name, settings: settings, seed: context.seed,
          target: subjects[number].target, expected: expected.values[number],
          forwardEvaluations: evaluations + expected.evaluations[number],
          backwardEvaluations: evaluations))
    }
  }
}

/// The nodes of a rule, sixteen at a time; behind the last come zeros.
struct QuadratureBlocks: Sendable {
  let positions: [Vector]
  let weights: [Vector]

  init(_ nodes: [QuadratureRule.Node]) {
    var positions = Array(repeating: Vector.zero, count: (nodes.count + laneCount - 1) / laneCount)
    var weights = positions
    for (k, node) in nodes.enumerated() {
      positions[k / laneCount][k % laneCount] = Float(node.position)
      weights[k / laneCount][k % laneCount] = Float(node.weight)
    }
    self.positions = positions
    self.weights = weights
  }
}
