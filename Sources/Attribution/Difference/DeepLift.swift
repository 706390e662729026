import Networks
import Tensors

/// DeepLIFT: the input's difference from a baseline times the multipliers between the two, by the
/// Rescale rule (``SecantRule``) or by RevealCancel (``RevealCancelRule``).
///
/// ```
/// aᵢ = (xᵢ − x′ᵢ) mᵢ
/// ```
///
/// With several baselines the maps are averaged, which is DeepSHAP. The sum is `f(x) − f(x′)` to
/// rounding, except that ``SecantRule/PoolingRule/winners``, the pooling rule of other tools, loses
/// some of it where windows overlap.
///
/// References: Shrikumar, Greenside & Kundaje 2017, arXiv 1704.02685; Lundberg & Lee 2017, arXiv
/// 1705.07874.
struct DeepLift: GraphMethod {
  let baselines: BaselineSet
  let pooling: SecantRule.PoolingRule

  var rule = Rule.rescale

  /// How a change is shared at a nonlinearity.
  enum Rule: String, Sendable, Hashable, CaseIterable {
    case rescale
    case revealCancel = "reveal-cancel"
  }

  /// Whether poolings right behind rectifiers have no rule, as in Captum.
  let isCaptums: Bool

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    try check(question.model, question.context)
    try question.context.requireLogits(question.target)
    try baselines.check(question)
  }

  private func check(_ model: NetworkModel, _ context: MethodContext) throws(MethodError) {
    if let node = SecantRule.obstacle(model) {
      throw .unsupportedNode(
        method: context.name, node: node.name, operation: node.operation.name)
    }
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    try check(session.model, context)
    for subject in subjects { try context.requireLogits(subject.target) }
    let bytes = session.inputShape.count * MemoryLayout<Float>.stride
    return try subjects.inBlocks(bytesEach: bytes) {
      try attribute(block: $0, on: session, context)
    }
  }

  private func attribute(
    block subjects: [Subject], on session: NetworkSession, _ context: MethodContext
  ) throws(MethodError) -> [Attribution] {
    let shape = session.inputShape
    let lines = try BaselineLine.lines(subjects, baselines, shape, context)
    var counts = subjects.map { _ in 0 }
    for line in lines { counts[line.subject] += 1 }
    var maps = subjects.map { _ in Array(repeating: Float(0), count: shape.count) }
    var expected = subjects.map { _ in 0.0 }
    differences(lines, subjects, on: session) { line, multipliers, difference in
      let share = 1 / Float(counts[line.subject])
      for (i, multiplier) in multipliers.enumerated() {
        maps[line.subject][i] += line.difference[i] * multiplier * share
      }
      expected[line.subject] += difference / Double(counts[line.subject])
    }
    return subjects.indices.map { number in
      Attribution(
        shape: shape, values: maps[number],
        record: AttributionRecord(
          method: context.name, settings: context.settings, seed: context.seed,
          target: subjects[number].target, expected: expected[number],
          forwardEvaluations: 2 * counts[number], backwardEvaluations: counts[number]))
    }
  }

  /// Runs inputs in one workspace and baselines in another, sixteen lines at a time.
  private func differences(
    _ lines: [BaselineLine], _ subjects: [Subject], on session: NetworkSession,
    collect: (BaselineLine, [Float], Double) -> Void
  ) {
    let (input, logits) = (session.model.input, session.model.logits)
    let layers = rule == .revealCancel ? SignedLayers(session.model) : nil
    let graph = session.model.graph
    let rule = SecantRule(
      .reference, pooling: pooling,
      plainNodes: isCaptums ? SecantRule.rectifiedPools(session.model.graph) : [])
    var request = session.model.gradientRequest
    request.keeps = layers == nil ? .forRule(rule, graph) : .all
    // Elements that see no change must not differ by the rounding of a transform that does, and
    // equal neighbours must stay equal: winners are found by comparing.
    request.allowsWinograd = false
    let shape = session.inputShape
    @Sendable func line(_ group: Int, _ lane: Int) -> BaselineLine {
      lines[min(group * laneCount + lane, lines.count - 1)]
    }
    session.forEachGroup(
      session.groupCount(lines.count), request
    ) { workspace, reference, weights, group in
      let starts = Lanes(shape)
      defer { withExtendedLifetime(starts) {} }
      for lane in 0..<laneCount {
        let line = line(group, lane)
        workspace[input].setSample(lane, to: subjects[line.subject].values)
        starts.mutableView.setSample(lane, to: line.start)
      }
      workspace.forward(weights)
      reference.forward(weights, from: starts.view, at: input)
      let seed = workspace.gradient(of: logits)
      for lane in 0..<laneCount {
        subjects[line(group, lane).subject].target.writeSeed(
          workspace[logits].readOnly, lane: lane, into: seed)
      }
      guard let layers else {
        workspace.backward(weights, rule: rule, reference: reference)
        return
      }
      reference.gradient(of: logits).copy(seed.readOnly)
      workspace.backward(
        weights,
        rule: RevealCancelRule(
          layers: layers, input: workspace, reference: reference, graph: graph, secants: rule),
        reference: reference)
      let (positive, negative) = (workspace.gradient(of: input), reference.gradient(of: input))
      for i in 0..<positive.count {
        positive[i] = RevealCancelRule.choice(
          positive[i], negative[i], by: workspace[input][i] - reference[input][i])
      }
    } read: { workspace, reference, group in
      for lane in 0..<min(laneCount, lines.count - group * laneCount) {
        let line = line(group, lane)
        let target = subjects[line.subject].target
        let change =
          Double(target.score(workspace[logits].readOnly, lane: lane))
          - Double(target.score(reference[logits].readOnly, lane: lane))
        collect(line, workspace.gradient(of: input).readOnly.sample(lane), change)
      }
    }
  }
}

extension Workspace {
  /// Computes the outputs from `values`, unless that is what was done here last.
  fileprivate func forward(
    _ weights: PlanWeights, from values: LanesView, at input: Graph.ValueID
  ) {
    let place = self[input]
    if hasRunForward, (0..<values.count).allSatisfy({ place[$0] == values[$0] }) { return }
    place.copy(values)
    forward(weights)
  }
}
