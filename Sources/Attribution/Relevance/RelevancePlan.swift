import Networks
import Tensors

/// The rules of relevance for one network, with their weights packed.
struct RelevancePlan: BackwardRule {
  private let steps: [Graph.NodeID: Step]

  private enum Step: Sendable {
    case passed
    case shared
    case weighted(WeightedRelevance)
    case signal(Int)
  }

  /// - Throws: the first node that no rule is known for.
  init(_ model: NetworkModel, _ rules: RelevanceRules, method: String) throws {
    let graph = model.graph
    let builder = RelevancePlanBuilder(model, rules)
    var steps: [Graph.NodeID: Step] = [:]
    for id in builder.needed {
      let node = graph[id]
      switch node.operation.relevanceTreatment {
      case .routed: break
      case .passed: steps[id] = .passed
      case .shared: steps[id] = .shared
      case .weighted: steps[id] = .weighted(try builder.weighted(id))
      case .gated:
        guard let signal = graph.signal(of: node) else { throw Self.refusal(node, method) }
        steps[id] = .signal(signal)
      case .unknown: throw Self.refusal(node, method)
      }
    }
    self.steps = steps
  }

  /// Why there can be no plan, found without packing anything.
  static func check(_ model: NetworkModel, method: String) throws(MethodError) {
    for id in RelevancePlanBuilder.nodes(before: model.logits, of: model.graph) {
      let node = model.graph[id]
      switch node.operation.relevanceTreatment {
      case .routed, .passed, .shared, .weighted: break
      case .gated: if model.graph.signal(of: node) == nil { throw refusal(node, method) }
      case .unknown: throw refusal(node, method)
      }
    }
  }

  private static func refusal(_ node: Graph.Node, _ method: String) -> MethodError {
    .unsupportedNode(method: method, node: node.name, operation: node.operation.name)
  }

  func reads(of operation: Operation) -> BackwardReads {
    // A normalisation is folded into the weights here, not before.
    if case .batchNormalization = operation { return .output }
    return switch operation.relevanceTreatment {
    case .routed, .passed, .gated, .unknown: []
    case .shared: [.inputs, .output]
    case .weighted: .inputs
    }
  }

  func backward(_ call: RuleCall) -> Bool {
    switch steps[call.node] {
    case nil: return false
    case .passed: call.pass.dInputs[0]?.copy(call.pass.dOutput)
    case .shared: share(call)
    case .weighted(let relevance): relevance.send(call)
    case .signal(let slot):
      for (index, dInput) in call.pass.dInputs.enumerated() {
        if index == slot { dInput?.copy(call.pass.dOutput) } else { dInput?.fill(.zero) }
      }
    }
    return true
  }

  /// `R_x = x · layerᵀ(R / z)` for sums and means.
  private func share(_ call: RuleCall) {
    let pass = call.pass
    let shares = Lanes(pass.outputShape)
    defer { withExtendedLifetime(shares) {} }
    shares.mutableView.map(pass.dOutput, pass.output) {
      $0 / $1.awayFromZero(RelevanceRules.stabilizer)
    }
    call.operation.layer.backward(
      BackwardPass(
        dOutput: shares.view, outputShape: pass.outputShape, inputs: pass.inputs,
        inputShapes: pass.inputShapes, output: pass.output, cache: pass.cache,
        scratch: pass.scratch, dInputs: pass.dInputs, dParameters: pass.dParameters,
        purpose: pass.purpose, node: pass.node, group: pass.group),
      weights: call.weights)
    for (dInput, input) in zip(pass.dInputs, pass.inputs) {
      guard let dInput else { continue }
      dInput.map(dInput.readOnly, input) { $0 * $1 }
    }
  }
}
