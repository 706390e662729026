import Networks
import Tensors

/// The digit classifier's network, 5.7 MFLOP a sample: two 5x5 convolutions with ReLU and max
/// pooling, one dense layer.
struct DigitNetwork {
  let graph: Graph
  let input: Graph.ValueID
  let logits: Graph.ValueID

  /// Multiplications and additions of convolutions and the dense layer, for one sample.
  static let operations: Double = {
    let first = 784 * 16 * 25
    let second = 196 * 32 * 16 * 25
    let dense = 1568 * 10
    return Double(2 * (first + second + dense))
  }()

  init() throws {
    var graph = Graph()
    func parameter(_ name: String, _ shape: Shape) -> Graph.ParameterID {
      var random = CounterRandom(seed: 1, UInt32(graph.parameters.count))
      let values = (0..<shape.count).map { _ in 0.1 * random.normal() }
      return graph.addParameter(Parameter(name, shape, values))
    }
    input = try graph.addInput("image", [1, 28, 28])
    var value = input
    for (index, (inputs, outputs)) in [(1, 16), (16, 32)].enumerated() {
      value = try graph.add(
        .convolution(Convolution(outputChannels: outputs, kernel: 5, padding: 2)),
        name: "convolution \(index)", inputs: [value],
        parameters: [
          parameter("weights \(index)", [outputs, inputs, 5, 5]),
          parameter("bias \(index)", [outputs]),
        ])
      value = try graph.add(.pointwise(Pointwise(.relu)), name: "relu \(index)", inputs: [value])
      value = try graph.add(
        .maxPooling(MaxPooling(.square(2))), name: "pool \(index)", inputs: [value])
    }
    value = try graph.add(.reshape(Reshape(to: [1568])), name: "flat", inputs: [value])
    logits = try graph.add(
      .dense(Dense(outputs: 10)), name: "logits", inputs: [value],
      parameters: [parameter("weights", [10, 1568]), parameter("bias", [10])])
    graph.markOutput(logits)
    self.graph = graph
  }

  /// Measures the whole network on all `threads`.
  func results(
    _ stopwatch: Stopwatch, _ variant: KernelVariant, peak: Double, threads: Int
  ) throws -> [Result] {
    try [false, true].map { (backward: Bool) -> Result in
      var request = PlanRequest(graph)
      if backward { request = request.withGradients(at: [input]) }
      request.kernels = variant
      let plan = try Plan(graph, request)
      let weights = plan.weights(of: graph)
      let runner = GroupRunner(plan, workers: Workers(count: threads))
      let groups = 16 * threads
      let (input, logits) = (input, logits)
      runner.forEachGroup(groups) { workspace, _ in
        workspace[input].fill(Vector(repeating: 0.5))
      }
      let time = stopwatch.medianSeconds {
        runner.forEachGroup(groups) { workspace, _ in
          workspace.forward(weights)
          guard backward else { return }
          workspace.gradient(of: logits).fill(Vector(repeating: 1))
          workspace.backward(weights)
        }
      }
      let operations = Double(groups * laneCount) * Self.operations * (backward ? 2 : 1)
      return Result(
        work: "digit network forward\(backward ? " and input gradient" : ""), \(threads) threads",
        rate: operations / time, peak: Double(threads) * peak, floor: backward ? 0.58 : 0.62)
    }
  }
}
