import Networks
import Synchronization
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
    let plans = try [KeptValues.all, .forRule([:], replaced: [], rectified: [])].map { keeps in
      var keeping = request
      keeping.keeps = keeps
      return try Plan(graph, keeping)
    }
    let gradients = ([plain] + plans).map { plan in
      let weights = plan.weights(of: graph)
      let workspace = Workspace(plan)
      workspace[graph.inputs[0]].fill(Vector(repeating: 0.5))
      workspace.forward(weights)
      workspace.gradient(of: graph.outputs[0]).fill(Vector(repeating: 1))
      guard plan.request.keeps != .needed else {
        workspace.backward(weights)
        return [workspace.gradient(of: graph.inputs[0]).readOnly.sample(3)]
      }
      // A rule may be followed several times.
      return (0..<2).map { _ in
        workspace.gradient(of: graph.outputs[0]).fill(Vector(repeating: 1))
        workspace.backward(weights, rule: Nothing())
        return workspace.gradient(of: graph.inputs[0]).readOnly.sample(3)
      }
    }
    #expect(gradients[1] == [gradients[0][0], gradients[0][0]])
    #expect(gradients[2] == gradients[1])
  }

  /// Reads the ReLUs' inputs.
  private struct Signs: BackwardRule {
    func reads(of operation: Operation) -> BackwardReads {
      if case .pointwise = operation { .inputs } else { [] }
    }

    func backward(_ call: RuleCall) -> Bool {
      guard case .pointwise = call.operation, let dInput = call.pass.dInputs[0] else {
        return false
      }
      dInput.map(call.pass.dOutput, call.pass.inputs[0]) { $0.replacing(with: -1, where: $1 .< 0) }
      return true
    }
  }

  @Test func aRuleFindsWhatItReadsInLessMemoryThanAllTakes() throws {
    let network = try NormalizedNetwork()
    let results = try [KeptValues.all, .forRule(Signs(), network.graph)].map { keeps in
      var request = PlanRequest(network.graph).withGradients(at: [network.input])
      request.keeps = keeps
      let plan = try Plan(network.graph, request)
      let (weights, workspace) = (plan.weights(of: network.graph), Workspace(plan))
      workspace[network.input].setSample(0, to: network.sample)
      workspace.forward(weights)
      workspace.gradient(of: network.output).fill(Vector(repeating: 1))
      workspace.backward(weights, rule: Signs())
      return (workspace.gradient(of: network.input).readOnly.sample(0), plan.workspaceBytes)
    }
    #expect(zip(results[0].0, results[1].0).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(results[1].1 < results[0].1)
  }

  /// Sends what arrives at a max pooling of 2x2 blocks to the largest input of each; of poolings that
  /// come with a ReLU, only where that is positive.
  private final class Pools: BackwardRule {
    let takesRectifiers: Bool
    let seen = Mutex<[Bool]>([])

    init(takesRectifiers: Bool) { self.takesRectifiers = takesRectifiers }

    func reads(of operation: Operation) -> BackwardReads {
      switch operation {
      case .maxPooling, .pointwise: .inputs
      default: []
      }
    }

    func replaces(_ operation: Operation) -> Bool {
      if case .maxPooling = operation { true } else { false }
    }

    func takesRectifier(into operation: Operation) -> Bool { takesRectifiers }

    func backward(_ call: RuleCall) -> Bool {
      guard replaces(call.operation), let dInput = call.pass.dInputs[0] else { return false }
      seen.withLock { $0.append(call.pass.isRectified) }
      let (input, shape, pooled) = (
        call.pass.inputs[0], call.pass.inputShapes[0], call.pass.outputShape
      )
      dInput.fill(.zero)
      for output in 0..<pooled.count {
        let (row, x) = output.quotientAndRemainder(dividingBy: pooled[2])
        let (channel, y) = row.quotientAndRemainder(dividingBy: pooled[1])
        let first = (channel * shape[1] + 2 * y) * shape[2] + 2 * x
        let window = [first, first + 1, first + shape[2], first + shape[2] + 1]
        for lane in 0..<laneCount {
          let winner = window.reduce(first) { input[$1][lane] > input[$0][lane] ? $1 : $0 }
          guard !call.pass.isRectified || input[winner][lane] > 0 else { continue }
          dInput[winner][lane] = call.pass.dOutput[output][lane]
        }
      }
      return true
    }
  }

  /// A ReLU and a pooling behind it, forward and backward.
  private struct PooledRectifier {
    let output: [Float]
    let gradient: [Float]
    let bytes: Int

    /// - Parameter rule: without one, the layers' own gradients.
    init(_ pooling: Operation, rule: (any BackwardRule)? = nil) throws {
      var graph = Graph()
      let input = try graph.addInput("x", [2, 6, 7])
      let rectified = try graph.add(.pointwise(Pointwise(.relu)), name: "relu", inputs: [input])
      let pooled = try graph.add(pooling, name: "pool", inputs: [rectified])
      graph.markOutput(pooled)
      var request = PlanRequest(graph).withGradients(at: [input])
      if let rule { request.keeps = .forRule(rule, graph) }
      let plan = try Plan(graph, request)
      let (weights, workspace) = (plan.weights(of: graph), Workspace(plan))
      var random = CounterRandom(seed: 4)
      workspace[input].setSample(0, to: (0..<84).map { _ in random.normal() })
      workspace.forward(weights)
      output = workspace[pooled].readOnly.sample(0)
      workspace.gradient(of: pooled).setSample(0, to: output.map { _ in random.normal() })
      if let rule {
        workspace.backward(weights, rule: rule)
      } else {
        workspace.backward(weights)
      }
      gradient = workspace.gradient(of: input).readOnly.sample(0)
      bytes = plan.workspaceBytes
    }

    static let halving = Operation.maxPooling(MaxPooling(.square(2)))
  }

  /// Max poolings and ReLUs may change places: the same numbers forward, the same gradients, less to
  /// keep.
  @Test func aRuleMayTakeAPoolingTogetherWithTheReLUInFront() throws {
    let plain = try PooledRectifier(PooledRectifier.halving)
    let results = try [false, true].map { takesRectifiers in
      let rule = Pools(takesRectifiers: takesRectifiers)
      let result = try PooledRectifier(PooledRectifier.halving, rule: rule)
      #expect(rule.seen.withLock { $0 } == [takesRectifiers])
      return result
    }
    for result in results {
      #expect(result.output == plain.output)
      #expect(result.gradient == plain.gradient)
    }
    // Some windows hold nothing positive.
    #expect(plain.output.contains(0) && plain.output.contains { $0 > 0 })
    #expect(results[1].bytes < results[0].bytes)
  }

  @Test func otherPoolingsStayBehindTheReLU() throws {
    let average = Operation.averagePooling(AveragePooling(.square(2), countsPadding: false))
    let plain = try PooledRectifier(average)
    let result = try PooledRectifier(average, rule: Pools(takesRectifiers: true))
    #expect(result.output == plain.output)
    #expect(result.gradient == plain.gradient)
  }

  @Test func aRuleThatTakesAReLUMustNotLeaveThePoolingToItsLayer() async {
    await #expect(processExitsWith: .failure) {
      struct Forgetful: BackwardRule {
        func takesRectifier(into operation: Operation) -> Bool { true }
        func backward(_ call: RuleCall) -> Bool { false }
      }
      _ = try PooledRectifier(PooledRectifier.halving, rule: Forgetful())
    }
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
