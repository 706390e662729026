import Networks
import Tensors
import Testing

/// Plans against the plain evaluator: sharing memory, working in place, merging and leaving out
/// change nothing, to the bit.
@Suite struct PlanTests {
  @Test(arguments: 0..<60)
  func forwardAndBackwardEqualThePlainEvaluator(seed: Int) throws {
    let scene = try Scene(seed: UInt64(seed), nodes: 3 + seed % 12, samples: 1 + seed % 20)
    var request = PlanRequest(scene.graph).withGradients(at: scene.inspected)
    request.outputs += scene.inspected
    request.seeds = scene.graph.outputs
    request.parameterGradients = scene.reachedParameters
    try scene.expectAgreement(request)
  }

  @Test(arguments: 0..<20)
  func forwardAloneReusesMemoryAndIsTheSame(seed: Int) throws {
    let scene = try Scene(seed: UInt64(seed), nodes: 14, samples: 16)
    let alone = PlanRequest(scene.graph)
    try scene.expectAgreement(alone)
    let both = try Plan(scene.graph, alone.withGradients(at: scene.graph.inputs))
    #expect(try Plan(scene.graph, alone).workspaceBytes <= both.workspaceBytes)
  }

  @Test(arguments: 0..<20)
  func aGraphCutAtAnInnerValueGoesOnFromThere(seed: Int) throws {
    let scene = try Scene(seed: UInt64(seed), nodes: 10, samples: 4)
    let output = scene.graph.outputs[0]
    let producer = try #require(scene.graph[output].producer)
    let cut = scene.graph[producer].inputs[0]
    var request = PlanRequest(provided: [cut] + scene.graph.inputs, outputs: [output])
    request.seeds = [output]
    request.gradients = [cut]
    try scene.expectAgreement(request)
  }

  @Test(arguments: [PointwiseKind.relu, .clippedReLU(low: -0.25, high: 0.5)])
  func boundsMergedIntoAConvolutionAreThoseOfTheirOwnLayer(kind: PointwiseKind) throws {
    var graph = Graph()
    let input = try graph.addInput("image", [2, 5, 5])
    let weights = graph.addParameter(
      Parameter("weights", [3, 2, 3, 3], (0..<54).map { Float($0 % 7) / 10 - 0.25 }))
    let between = try graph.add(
      .convolution(Convolution(outputChannels: 3, kernel: 3, padding: 1)), name: "convolution",
      inputs: [input], parameters: [weights])
    let output = try graph.add(.pointwise(Pointwise(kind)), name: "bounds", inputs: [between])
    graph.markOutput(output)
    let merged = PlanRequest(graph).withGradients(at: [input])
    var apart = merged
    apart.outputs.append(between)
    let results = try [merged, apart].map { request -> [[Float]] in
      let plan = try Plan(graph, request)
      let (weights, workspace) = (plan.weights(of: graph), Workspace(plan))
      workspace[input].setSample(0, to: (0..<50).map { Float($0 % 11) / 10 - 0.5 })
      workspace.forward(weights, group: GroupContext(activeLanes: 1))
      workspace.gradient(of: output).fill(Vector(repeating: 1))
      let held = workspace[output].readOnly.sample(0)
      workspace.backward(weights, group: GroupContext(activeLanes: 1))
      return [held, workspace.gradient(of: input).readOnly.sample(0)]
    }
    #expect(results[0] == results[1])
    #expect(results[0][0].contains(0.5) == (kind != .relu))
  }

  @Test func aBatchNormalizationMergedIntoWeightsDiffersByRounding() throws {
    let network = try NormalizedNetwork()
    let merged = PlanRequest(network.graph).withGradients(at: [network.input])
    var apart = merged
    apart.keeps = .all
    var partly = merged
    partly.outputs.append(network.between)
    let results = try [merged, apart, partly].map { request -> (values: [Float], bytes: Int) in
      let plan = try Plan(network.graph, request)
      let (weights, workspace) = (plan.weights(of: network.graph), Workspace(plan))
      workspace[network.input].setSample(0, to: network.sample)
      workspace.forward(weights)
      workspace.gradient(of: network.output).fill(Vector(repeating: 1))
      let scores = workspace[network.output].readOnly.sample(0)
      workspace.backward(weights)
      return (
        scores + workspace.gradient(of: network.input).readOnly.sample(0), plan.workspaceBytes
      )
    }
    for other in results.dropFirst() {
      #expect(zip(results[0].values, other.values).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(results[0].bytes < other.bytes)
    }
    #expect(Set(results[0].values).count > 10)
  }

  /// Forward is packed once: for the gradient too, and for a plan that goes backward several times.
  @Test func plansShareWhatTheyPackAlike() throws {
    let network = try NormalizedNetwork()
    let forward = PlanRequest(network.graph)
    let gradient = forward.withGradients(at: [network.input])
    var repeated = gradient
    repeated.keeps = .forRule([:], replaced: [], rectified: [])
    let plans = try [forward, gradient, repeated].map { try Plan(network.graph, $0) }
    var shared: [(plan: Plan, weights: PlanWeights)] = []
    for plan in plans { shared.append((plan, plan.weights(of: network.graph, sharing: shared))) }
    let alone = plans.map { $0.weights(of: network.graph) }

    let added = shared.indices.map { number in
      shared[number].weights.bytes(besides: shared[..<number].map(\.weights))
    }
    #expect(added == [alone[0].bytes(), alone[1].bytes() - alone[0].bytes(), 0])
    #expect(added[1] > 0)
    let scores = [shared[1].weights, alone[1]].map { weights -> [Float] in
      let workspace = Workspace(plans[1])
      workspace[network.input].setSample(0, to: network.sample)
      workspace.forward(weights)
      workspace.gradient(of: network.output).fill(Vector(repeating: 1))
      let scores = workspace[network.output].readOnly.sample(0)
      workspace.backward(weights)
      return scores + workspace.gradient(of: network.input).readOnly.sample(0)
    }
    #expect(scores[0] == scores[1])
  }

  @Test func weightsThatLearnAreNotMerged() throws {
    let network = try NormalizedNetwork()
    var request = PlanRequest(network.graph)
    request.seeds = request.outputs
    request.parameterGradients = network.graph.trainableParameters
    let plan = try Plan(network.graph, request)
    let (weights, workspace) = (plan.weights(of: network.graph), Workspace(plan))
    workspace[network.input].setSample(0, to: network.sample)
    workspace.forward(weights, group: GroupContext(activeLanes: 1))
    workspace.gradient(of: network.output).fill(Vector(repeating: 1))
    workspace.backward(weights, group: GroupContext(activeLanes: 1))
    for parameter in network.graph.trainableParameters {
      let gradient = workspace.gradient(of: parameter)
      #expect((0..<gradient.count).contains { gradient[$0] != 0 })
    }
  }

  /// The batch normalisation then does the ReLU's backward too, without its output.
  @Test func aReLUMergedIntoTrainingGivesTheSameGradientsInLessMemory() throws {
    var graph = Graph()
    var x = try graph.addInput("image", [2, 6, 6])
    var normalized: [Graph.ValueID] = []
    for layer in 0..<2 {
      let weights = graph.addParameter(
        Parameter("weights \(layer)", [2, 2, 3, 3], (0..<36).map { Float($0 % 7) / 10 - 0.25 }))
      x = try graph.add(
        .convolution(Convolution(outputChannels: 2, kernel: 3, padding: 1)), name: "c\(layer)",
        inputs: [x], parameters: [weights])
      let lines = [[1.5, -0.5], [0.25, -0.125], [0, 0], [1, 1]] as [[Float]]
      x = try graph.add(
        .batchNormalization(BatchNormalization()), name: "n\(layer)", inputs: [x],
        parameters: lines.enumerated().map { place, values in
          graph.addParameter(Parameter("n\(layer).\(place)", [2], values, isTrainable: place < 2))
        })
      normalized.append(x)
      x = try graph.add(.pointwise(Pointwise(.relu)), name: "r\(layer)", inputs: [x])
      x = try graph.add(.maxPooling(MaxPooling(.square(2))), name: "p\(layer)", inputs: [x])
    }
    graph.markOutput(x)
    let merged = PlanRequest(graph).forTraining(graph)
    var apart = merged
    apart.gradients = normalized
    let plans = try [merged, apart].map { try Plan(graph, $0) }
    #expect(plans[0].workspaceBytes < plans[1].workspaceBytes)
    let results = plans.map { plan -> [[Float]] in
      let run = BatchRun(plan, capacity: 21, workers: Workers(count: 2))
      let weights = plan.weights(of: graph)
      run.forward(weights, samples: 21) { [graph] workspace, group in
        for lane in 0..<group.activeLanes {
          let values = (0..<72).map { Float(($0 * 7 + 3 * (group.firstSample + lane)) % 11) / 10 }
          workspace[graph.inputs[0]].setSample(lane, to: values)
        }
      }
      run.backward(weights) { [graph] workspace, group in
        for lane in 0..<group.activeLanes {
          workspace.gradient(of: graph.outputs[0]).setSample(lane, to: [1, Float(lane) / 8 - 1])
        }
      }
      return graph.trainableParameters.map { id in
        var sum = Array(repeating: Float(0), count: graph[id].values.count)
        run.addGradient(of: id, to: &sum)
        return sum
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0].allSatisfy { $0.contains { $0 != 0 } })
  }

  @Test func whatNobodyProvidesIsNamed() throws {
    var graph = Graph()
    let input = try graph.addInput("image", [3])
    let other = try graph.addInput("mask", [3])
    let output = try graph.add(.identity(Identity()), name: "y", inputs: [input])
    #expect(throws: PlanError.missingInput(value: "image")) {
      try Plan(graph, PlanRequest(provided: [other], outputs: [output]))
    }
  }

  @Test func aGradientThatNothingSendsIsNamed() throws {
    var graph = Graph()
    let input = try graph.addInput("image", [3])
    let other = try graph.addInput("mask", [3])
    graph.markOutput(try graph.add(.identity(Identity()), name: "y", inputs: [input]))
    #expect(throws: PlanError.gradientDoesNotReach(value: "mask")) {
      try Plan(graph, PlanRequest(graph).withGradients(at: [other]))
    }
  }

  @Test func onlyWhatIsWantedIsComputed() throws {
    var graph = Graph()
    let input = try graph.addInput("image", [1000])
    let wanted = try graph.add(.pointwise(Pointwise(.tanh)), name: "wanted", inputs: [input])
    let alone = try Plan(graph, PlanRequest(provided: [input], outputs: [wanted])).workspaceBytes
    try graph.add(.pointwise(Pointwise(.exponential)), name: "unwanted", inputs: [wanted])
    let among = try Plan(graph, PlanRequest(provided: [input], outputs: [wanted])).workspaceBytes
    #expect(alone == among)
  }
}

/// A random graph with inputs and seeds, and what the plain evaluator says of them.
private struct Scene {
  let graph: Graph
  let inspected: [Graph.ValueID]
  let reachedParameters: [Graph.ParameterID]
  private let inputs: [[Float]]
  private let seeds: [[Float]]

  init(seed: UInt64, nodes: Int, samples: Int) throws {
    let graph = try RandomGraph(seed: seed, nodes: nodes).graph
    var random = SplitMix(seed: seed &+ 1000)
    let (shape, outputCount) = (graph[graph.inputs[0]].shape, graph[graph.outputs[0]].shape.count)
    inputs = (0..<samples).map { _ in
      TestValues.awayFromZero(0.1...1).make(shape.count, &random)
    }
    seeds = (0..<samples).map { _ in TestValues.uniform(-1...1).make(outputCount, &random) }
    var evaluator = try PlainEvaluator(graph, provided: [graph.inputs[0]: inputs])
    try evaluator.backward(seeds: [graph.outputs[0]: seeds])
    let plain = evaluator
    let gradients = plain.gradients
    inspected = graph.values.indices.filter { $0 % 3 == 0 }
      .compactMap { graph.value(named: graph.values[$0].name) }
      .filter { gradients[$0] != nil && !graph.outputs.contains($0) }
    self.graph = graph
    reachedParameters = graph.trainableParameters.filter { plain.parameterGradients[$0] != nil }
  }

  /// Runs the request group by group and compares everything it gives, to the bit.
  func expectAgreement(_ request: PlanRequest) throws {
    var plain = try PlainEvaluator(graph, provided: [graph.inputs[0]: inputs])
    try plain.backward(seeds: [graph.outputs[0]: seeds])
    let plan = try Plan(graph, request)
    let weights = plan.weights(of: graph)
    let workspace = Workspace(plan)
    var sums = request.parameterGradients.map {
      Array(repeating: Float(0), count: graph[$0].values.count)
    }
    for first in stride(from: 0, to: inputs.count, by: laneCount) {
      let samples = first..<min(first + laneCount, inputs.count)
      let group = GroupContext(activeLanes: samples.count, firstSample: first)
      for value in request.provided { fill(workspace[value], plain.values[value], samples) }
      workspace.forward(weights, group: group)
      for value in request.outputs {
        expectSame(workspace[value], plain.values[value], samples, graph[value].name)
      }
      for value in request.seeds { fill(workspace.gradient(of: value), seeds, samples) }
      workspace.backward(weights, group: group)
      for value in request.gradients {
        expectSame(
          workspace.gradient(of: value), plain.gradients[value], samples, "∂ \(graph[value].name)")
      }
      for (index, parameter) in request.parameterGradients.enumerated() {
        let gradient = workspace.gradient(of: parameter)
        for i in sums[index].indices { sums[index][i] += gradient[i] }
      }
    }
    for (index, parameter) in request.parameterGradients.enumerated() {
      #expect(sums[index] == plain.parameterGradients[parameter], "∂ \(graph[parameter].name)")
    }
  }

  private func fill(_ view: MutableLanesView, _ values: [[Float]]?, _ samples: Range<Int>) {
    view.fill(Vector(repeating: .nan))
    for (lane, sample) in samples.enumerated() {
      view.setSample(lane, to: values?[sample] ?? [])
    }
  }

  private func expectSame(
    _ view: MutableLanesView, _ values: [[Float]]?, _ samples: Range<Int>, _ name: String
  ) {
    for (lane, sample) in samples.enumerated() {
      #expect(view.readOnly.sample(lane) == values?[sample], "\(name) of sample \(sample)")
    }
  }
}
