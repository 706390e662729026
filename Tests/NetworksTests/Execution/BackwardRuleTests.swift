import Networks
import Tensors
import Testing

/// Rules against what they must reduce to.
@Suite struct BackwardRuleTests {
  /// Leaves everything to the layers.
  private struct Nothing: BackwardRule {
    func backward(_ call: RuleCall) -> Bool { false }
  }

  /// The slope of the chord between two inputs, where the layer is a pointwise square.
  private struct Chord: BackwardRule {
    func backward(_ call: RuleCall) -> Bool {
      guard case .pointwise = call.operation, let reference = call.reference,
        let dInput = call.pass.dInputs[0]
      else { return false }
      for i in 0..<dInput.count {
        dInput[i] = call.pass.dOutput[i] * (call.pass.inputs[0][i] + reference.inputs[0][i])
      }
      return true
    }
  }

  @Test(arguments: 0..<20) func aRuleThatSaysNothingChangesNothing(seed: Int) throws {
    let graph = try RandomGraph(seed: UInt64(seed), nodes: 10).graph
    let request = PlanRequest(graph).withGradients(at: graph.inputs)
    guard let plain = try? Plan(graph, request) else { return }
    var keeping = request
    keeping.keeps = .all
    let gradients = try [plain, Plan(graph, keeping)].map { plan in
      let weights = plan.weights(of: graph)
      let workspace = Workspace(plan)
      workspace[graph.inputs[0]].fill(Vector(repeating: 0.5))
      workspace.forward(weights)
      workspace.gradient(of: graph.outputs[0]).fill(Vector(repeating: 1))
      if plan.request.keeps == .all {
        workspace.backward(weights, rule: Nothing())
      } else {
        workspace.backward(weights)
      }
      return workspace.gradient(of: graph.inputs[0]).readOnly.sample(3)
    }
    #expect(gradients[0] == gradients[1])
  }

  @Test func aRuleSeesBothInputs() throws {
    var graph = Graph()
    let input = try graph.addInput("x", [1])
    graph.markOutput(
      try graph.add(.pointwise(Pointwise(.square)), name: "y", inputs: [input]))
    var request = PlanRequest(graph).withGradients(at: [input])
    request.keeps = .all
    let plan = try Plan(graph, request)
    let weights = plan.weights(of: graph)
    let (here, there) = (Workspace(plan), Workspace(plan))
    here[input].fill(Vector(repeating: 3))
    there[input].fill(Vector(repeating: 1))
    for workspace in [here, there] { workspace.forward(weights) }
    here.gradient(of: graph.outputs[0]).fill(Vector(repeating: 1))
    here.backward(weights, rule: Chord(), reference: there)
    // (9 − 1) / (3 − 1)
    #expect(here.gradient(of: input)[0][5] == 4)
  }
}
