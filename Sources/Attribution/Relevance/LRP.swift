import Networks
import Synchronization
import Tensors

/// Layer-wise relevance propagation: the score is handed back layer by layer, each layer sharing what
/// it gets among its inputs by a rule.
///
/// ```
/// R at the logits = the score's part of each     R_x = Σ over outputs of (share of x in z) R_z
/// ```
///
/// Rectifiers and other functions of each element pass relevance on; poolings, sums and
/// concatenations hand it to where their values came from. A batch normalisation behind a layer with
/// weights is folded into these; elsewhere it passes relevance on. Every layer has a rule or is
/// refused by name before anything is computed.
///
/// The map adds up to the score, less what biases and stabilisers take.
///
/// References: Bach et al. 2015, DOI 10.1371/journal.pone.0130140; composites as in Montavon et al.
/// 2019, DOI 10.1007/978-3-030-28954-6_10 and Kohlbrenner et al. 2020, arXiv 1910.09840.
struct LRP: GraphMethod {
  let rules: RelevanceRules
  private let latest = LatestPlan()

  /// The plan of the model that was explained last: packing takes longer than an explanation.
  private final class LatestPlan: Sendable {
    let plan = Mutex<(model: NetworkModel, plan: RelevancePlan)?>(nil)
  }

  init(_ rules: RelevanceRules) { self.rules = rules }

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) {
    try RelevancePlan.check(question.model, method: question.context.name)
    try question.context.requireLogits(question.target)
  }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let model = session.model
    for subject in subjects { try context.requireLogits(subject.target) }
    let plan = try plan(for: model, context)
    let (input, logits) = (model.input, model.logits)
    var request = model.gradientRequest
    request.keeps = .forRule(plan, model.graph)
    request.allowsWinograd = false
    var maps: [Attribution] = []
    session.forEachGroup(
      session.groupCount(subjects.count), request
    ) { workspace, weights, group in
      subjects.fill(workspace[input], group: group)
      workspace.forward(weights)
      let seed = workspace.gradient(of: logits)
      subjects.seed(workspace[logits].readOnly, seed, group: group)
      seed.map(seed.readOnly, workspace[logits].readOnly) { $0 * $1 }
      workspace.backward(weights, rule: plan)
    } read: { workspace, group in
      for (lane, subject) in subjects.inGroup(group).enumerated() {
        let score = subject.target.score(workspace[logits].readOnly, lane: lane)
        maps.append(
          Attribution(
            shape: session.inputShape, values: workspace.gradient(of: input).readOnly.sample(lane),
            record: AttributionRecord(
              method: context.name, settings: context.settings, seed: context.seed,
              target: subject.target, expected: Double(score), forwardEvaluations: 1,
              backwardEvaluations: 1)))
      }
    }
    return maps
  }

  private func plan(for model: NetworkModel, _ context: MethodContext) throws -> RelevancePlan {
    let known = latest.plan.withLock { $0 }
    if let known, known.model === model { return known.plan }
    let plan = try RelevancePlan(model, rules, method: context.name)
    latest.plan.withLock { $0 = (model, plan) }
    return plan
  }
}
