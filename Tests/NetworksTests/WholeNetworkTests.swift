import Networks
import Tensors
import TestSupport
import Testing

/// One training step of whole networks against PyTorch: loss, logits, and every gradient.
@Suite struct WholeNetworkTests {
  static let networks = ReferenceNetworks.all

  @Test(arguments: networks, [true, false])
  func lossLogitsAndGradientsAgreeWithPyTorch(
    _ reference: ReferenceNetwork, allowsWinograd: Bool
  ) throws {
    let step = try TrainingStep(reference, threads: 2, allowsWinograd: allowsWinograd)
    #expect(abs(step.loss - reference.loss) < 1e-5 * reference.loss)
    expectClose(step.logits, reference.numbers(reference.logits), "logits")
    expectClose(
      step.imageGradient, reference.numbers(reference.imageGradient), "gradient of the images")
    for (name, place) in reference.gradients.sorted(by: { $0.key < $1.key }) {
      expectClose(
        try #require(step.gradients[name]), reference.numbers(place), "gradient of \(name)")
    }
    for (name, place) in reference.running {
      expectClose(try #require(step.running[name]), reference.numbers(place), "running \(name)")
    }
  }

  @Test(arguments: networks)
  func theNumberOfThreadsChangesNoBit(_ reference: ReferenceNetwork) throws {
    let one = try TrainingStep(reference, threads: 1)
    for threads in [2, 3, 8] {
      #expect(try TrainingStep(reference, threads: threads) == one, "\(threads) threads")
    }
  }

  @Test(arguments: networks, KernelVariant.available)
  func allKernelsAgree(_ reference: ReferenceNetwork, _ kernels: KernelVariant) throws {
    let step = try TrainingStep(reference, threads: 2, kernels: kernels)
    expectClose(step.logits, reference.numbers(reference.logits), "logits")
    expectClose(
      step.imageGradient, reference.numbers(reference.imageGradient), "gradient of the images")
  }
}

/// What one step of training computes.
private struct TrainingStep: Equatable {
  private(set) var loss = 0.0
  private(set) var logits: [Float] = []
  private(set) var imageGradient: [Float] = []
  private(set) var gradients: [String: [Float]] = [:]
  private(set) var running: [String: [Float]] = [:]

  init(
    _ reference: ReferenceNetwork, threads: Int, kernels: KernelVariant = .best,
    allowsWinograd: Bool = true
  ) throws {
    var graph = try reference.graph()
    var request = PlanRequest(graph).forTraining(graph)
    request.gradients = graph.inputs
    request.kernels = kernels
    request.allowsWinograd = allowsWinograd
    let plan = try Plan(graph, request)
    let weights = plan.weights(of: graph)
    let images = reference.samples(reference.images)
    let labels = reference.labels
    let (input, output) = (graph.inputs[0], graph.outputs[0])

    let run = BatchRun(plan, capacity: labels.count, workers: Workers(count: threads))
    run.forward(weights, samples: labels.count) { workspace, group in
      for lane in 0..<group.activeLanes {
        workspace[input].setSample(lane, to: images[group.firstSample + lane])
      }
    }
    run.forEachWorkspace { workspace, group in
      for lane in 0..<group.activeLanes {
        let scores = workspace[output].readOnly.sample(lane)
        logits += scores
        loss += crossEntropy(scores, labels[group.firstSample + lane]) / Double(labels.count)
      }
    }
    run.backward(weights) { workspace, group in
      for lane in 0..<group.activeLanes {
        let scores = workspace[output].readOnly.sample(lane)
        let label = labels[group.firstSample + lane]
        workspace.gradient(of: output).setSample(
          lane, to: crossEntropyGradient(scores, label).map { Float($0 / Double(labels.count)) })
      }
    }
    run.forEachWorkspace { workspace, group in
      for lane in 0..<group.activeLanes {
        imageGradient += workspace.gradient(of: input).readOnly.sample(lane)
      }
    }
    for id in graph.trainableParameters {
      var sum = Array(repeating: Float(0), count: graph[id].values.count)
      run.addGradient(of: id, to: &sum)
      gradients[graph[id].name] = sum
    }
    run.updateStatistics(of: &graph)
    for parameter in graph.parameters where !parameter.isTrainable {
      running[parameter.name] = parameter.values
    }
  }
}

private func crossEntropy(_ scores: [Float], _ label: Int) -> Double {
  -PlainSoftmax.logarithms(scores)[label]
}

/// softmax − one-hot
private func crossEntropyGradient(_ scores: [Float], _ label: Int) -> [Double] {
  PlainSoftmax.values(scores).enumerated().map { $0.offset == label ? $0.element - 1 : $0.element }
}
