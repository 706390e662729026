import Networks
import Tensors

/// Integrated gradients without an error of integration, for networks that are linear in pieces.
///
/// ```
/// aᵢ = (xᵢ − x′ᵢ) Σₖ (αₖ₊₁ − αₖ) ∂f/∂xᵢ on piece k
/// ```
///
/// The gradient of such a network is constant between the points αₖ of the path at which one of its
/// units bends, so the integral is a finite sum. The map is right to rounding.
///
/// That the integral is such a sum, and how to find the points layer by layer, is ExactLine's idea
/// (Sotoudeh & Thakur). Ours are the way back (a mean gradient goes through a layer once for each
/// piece of that layer's own partition), multipliers for gradients, ReLU and max pooling as one
/// function, and the walk in constant memory; see ``PieceWalk``.
///
/// References: Sotoudeh & Thakur 2019, arXiv 1908.06214; Sundararajan, Taly & Yan 2017, arXiv
/// 1703.01365.
struct ExactIntegratedGradients: GraphMethod {
  let baselines: BaselineSet

  /// How many pieces a path may have.
  let mostPieces: Int

  /// One image has thousands of points.
  var preferredBatch: Int { 1 }

  func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try LinearStages(question.model, method: question.context.name)
    try question.context.requireLogits(question.target)
    try baselines.check(question)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let stages = try LinearStages(session.model, method: context.name)
    return try subjects.map { subject in
      try context.requireLogits(subject.target)
      return try attribution(subject, stages, session, context)
    }
  }

  private func attribution(
    _ subject: Subject, _ stages: LinearStages, _ session: NetworkSession,
    _ context: MethodContext
  ) throws(MethodError) -> Attribution {
    let lines = try BaselineLine.lines([subject], baselines, session.inputShape, context)
    var map = Array(repeating: 0.0, count: session.inputShape.count)
    var (expected, evaluations, pieces) = (0.0, 0.0, 0)
    for line in lines {
      let result = try integral(line, subject, stages, session, context)
      for (i, value) in result.map.enumerated() { map[i] += value / Double(lines.count) }
      expected += result.difference / Double(lines.count)
      evaluations += result.evaluations
      pieces += result.pieces
    }
    return Attribution(
      shape: session.inputShape, values: map.map { Float($0) },
      record: AttributionRecord(
        method: context.name, settings: context.settings, seed: context.seed,
        target: subject.target, expected: expected,
        forwardEvaluations: Int(evaluations.rounded(.up)) + 2 * lines.count,
        backwardEvaluations: Int(evaluations.rounded(.up)),
        measurements: [AttributionRecord.Measurement("pieces", Double(pieces))]))
  }

  private struct LineResult {
    var map: [Double]

    /// `f(x) − f(x′)`
    var difference: Double
    var pieces: Int

    /// Passes through the whole network that the stages' passes amount to.
    var evaluations: Double
  }

  private func integral(
    _ line: BaselineLine, _ subject: Subject, _ stages: LinearStages, _ session: NetworkSession,
    _ context: MethodContext
  ) throws(MethodError) -> LineResult {
    let input = session.model.input
    let prefix = session.benches(for: [stages.requests[0]])[0].tools[0]
    let ends = prefix.workspaces[0]
    ends[input].setSample(0, to: line.start)
    for lane in 1..<laneCount { ends[input].setSample(lane, to: subject.values) }
    ends.forward(prefix.weights)

    let count = PieceCount(most: mostPieces)
    let walk = PieceWalk(stages: stages, target: subject.target, pieces: count)
    let sums = sums(walk, ends, session)
    guard !count.isTooMany else {
      throw .impossible(method: context.name, setting: "pieces", reason: .tooFew(mostPieces))
    }
    for (id, sum) in zip(stages.states[0], sums.gradients) {
      ends.gradient(of: id).fill(.zero)
      ends.gradient(of: id).setSample(0, to: sum.map { Float($0) })
    }
    ends.backward(prefix.weights)
    let gradient = ends.gradient(of: input).readOnly.sample(0)
    return LineResult(
      map: zip(line.difference, gradient).map { Double($0) * Double($1) },
      difference: difference(line, subject, session), pieces: count.total,
      evaluations: zip(sums.points, stages.shares.dropFirst()).reduce(0) {
        $0 + Double($1.0) * $1.1
      })
  }

  /// Adds up all pieces, some neighbouring intervals at a time, in order.
  private func sums(
    _ walk: PieceWalk, _ ends: Workspace, _ session: NetworkSession
  ) -> PieceWalk.Sum {
    let requests = Array(walk.stages.requests.dropFirst())
    let cuts = walk.firstCuts(ends)
    let most = session.benches(for: requests)[0].tools.first?.workspaces.count ?? 1
    let step = most * (laneCount - 1)
    let starts = Array(stride(from: 0, to: cuts.count - 1, by: step))
    var total: PieceWalk.Sum?
    // So many at a time that what is waiting to be added up stays small.
    for first in stride(from: 0, to: starts.count, by: 64) {
      let block = starts[first..<min(first + 64, starts.count)]
      let results = session.map(block.count, on: requests) { bench, piece in
        let start = block[first + piece]
        return walk.run(cuts[start...min(start + step, cuts.count - 1)], of: ends, bench)
      }
      for result in results { total = total?.adding(result) ?? result }
    }
    guard let total else { preconditionFailure("a path without a piece") }
    return total
  }

  /// `f(x) − f(x′)` by the kernels that the pieces went through.
  private func difference(
    _ line: BaselineLine, _ subject: Subject, _ session: NetworkSession
  ) -> Double {
    var request = session.model.forwardRequest
    request.allowsWinograd = false
    let (input, logits) = (session.model.input, session.model.logits)
    var difference = 0.0
    session.forEachGroup(1, request) { workspace, weights, _ in
      workspace[input].setSample(0, to: line.start)
      for lane in 1..<laneCount { workspace[input].setSample(lane, to: subject.values) }
      workspace.forward(weights)
    } read: { workspace, _ in
      let scores = workspace[logits].readOnly
      difference =
        Double(subject.target.score(scores, lane: 1))
        - Double(subject.target.score(scores, lane: 0))
    }
    return difference
  }
}

extension PieceWalk.Sum {
  fileprivate func adding(_ other: PieceWalk.Sum) -> PieceWalk.Sum {
    var sum = self
    for (index, values) in other.gradients.enumerated() {
      for (i, value) in values.enumerated() { sum.gradients[index][i] += value }
    }
    for (stage, count) in other.points.enumerated() { sum.points[stage] += count }
    return sum
  }
}
