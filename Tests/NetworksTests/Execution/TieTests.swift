import Tensors
import TestSupport
import Testing

@testable import Networks

/// Gradients in the flat parts of pictures, where whole windows hold the same number.
@Suite struct TieTests {
  /// What stands between an image and its score; each network has one thing that tells ties apart.
  enum Body: String, CaseIterable {
    case pool, overlappingPools, largestOfAll, rectifierWithoutBias, normalizedRectifier, fiveByFive
  }

  @Test(
    "Winograd's method sends gradients where the direct method sends them", arguments: Body.allCases
  )
  func gradientsGoTheSameWay(_ body: Body) throws {
    let graph = try network(body)
    for shade in [Float(0), 1] {
      let fast = try gradient(of: graph, shade: shade, allowsWinograd: true)
      let direct = try gradient(of: graph, shade: shade, allowsWinograd: false)
      let difference = zip(fast, direct).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
      let size = direct.reduce(0.0) { $0 + Double($1 * $1) }
      #expect(size > 0 && difference <= 1e-10 * size, "\(difference / size) on \(shade)")
    }
  }

  @Test("Only forward passes in front of ties give up the faster tiles")
  func nothingElseIsSlower() throws {
    let graph = try network(.pool)
    let (image, score) = (graph.inputs[0], graph.outputs[0])
    let forward = PlanRequest(provided: [image], outputs: [score])
    let weights = graph.parameters.indices.map(Graph.ParameterID.init(index:))
    var training = forward.forTraining(graph)
    training.parameterGradients = weights
    let packed = try [forward, training, forward.withGradients(at: [image])].map { request in
      try Plan(graph, request).weights(of: graph).layers.map { $0.packed.map(\.count) }
    }
    // The second convolution: 36 places a kernel forward, or 16 where ties decide.
    #expect(packed[0][2][1] == 36 * 16 * 16)
    #expect(packed[1][2][1] == 36 * 16 * 16)
    #expect(packed[2][2][1] == 16 * 16 * 16)
    #expect(packed[2][2][2] == 36 * 16 * 16, "backward there are no ties")
  }

  private func network(_ body: Body) throws -> Graph {
    var network = FlatNetwork(
      hasBias: body != .rectifierWithoutBias && body != .normalizedRectifier)
    var value = try network.graph.addInput("image", [1, 28, 28])
    let kernel = body == .fiveByFive ? 5 : 3
    for _ in 0..<2 {
      value = try network.convolution(value, 16, kernel)
      if body == .normalizedRectifier { value = try network.normalized(value) }
      value = try network.add(.pointwise(Pointwise(.relu)), value)
    }
    switch body {
    case .pool, .fiveByFive: value = try network.add(.maxPooling(MaxPooling(.square(2))), value)
    case .overlappingPools:
      let axis = WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)
      let pool = MaxPooling(PoolingWindow(vertical: axis, horizontal: axis))
      value = try network.add(.maxPooling(pool), value)
      value = try network.convolution(value, 16, 3)
      value = try network.add(.maxPooling(pool), value)
    case .largestOfAll: value = try network.add(.globalPooling(GlobalPooling(.max)), value)
    case .rectifierWithoutBias, .normalizedRectifier: break
    }
    network.graph.markOutput(try network.score(value))
    return network.graph
  }

  private func gradient(
    of graph: Graph, shade: Float, allowsWinograd: Bool
  ) throws -> [Float] {
    let (image, score) = (graph.inputs[0], graph.outputs[0])
    var request = PlanRequest(provided: [image], outputs: [score]).withGradients(at: [image])
    request.allowsWinograd = allowsWinograd
    let plan = try Plan(graph, request)
    let (workspace, weights) = (Workspace(plan), plan.weights(of: graph))
    // A stroke on a flat ground.
    var sample = [Float](repeating: shade, count: 784)
    for row in 8..<20 {
      for column in 12..<15 { sample[row * 28 + column] = Float(row * column % 7) / 7 }
    }
    workspace[image].fill(.zero)
    workspace[image].setSample(0, to: sample)
    workspace.forward(weights)
    workspace.gradient(of: score).fill(Vector(repeating: 1))
    workspace.backward(weights)
    return workspace.gradient(of: image).readOnly.sample(0)
  }
}

private struct FlatNetwork {
  var graph = Graph()
  let hasBias: Bool
  private var random = CounterRandom(seed: 11)

  init(hasBias: Bool) { self.hasBias = hasBias }

  mutating func add(
    _ operation: Operation, _ input: Graph.ValueID, _ parameters: [Graph.ParameterID] = []
  ) throws -> Graph.ValueID {
    try graph.add(
      operation, name: "node\(graph.nodes.count)", inputs: [input], parameters: parameters)
  }

  mutating func convolution(
    _ input: Graph.ValueID, _ channels: Int, _ kernel: Int
  ) throws -> Graph.ValueID {
    let axis = KernelAxis(kernel: kernel, padding: kernel / 2)
    let weights = parameter([channels, graph[input].shape[0], kernel, kernel])
    let bias = hasBias ? parameter([channels]) : zeros([channels])
    return try add(
      .convolution(Convolution(outputChannels: channels, vertical: axis, horizontal: axis)),
      input, [weights, bias])
  }

  /// As it is before any training: scale and variance one, shift and mean zero.
  mutating func normalized(_ input: Graph.ValueID) throws -> Graph.ValueID {
    let channels = graph[input].shape[0]
    let ones = graph.addParameter(
      Parameter("ones", [channels], Array(repeating: 1, count: channels)))
    let zero = zeros([channels])
    return try add(.batchNormalization(BatchNormalization()), input, [ones, zero, zero, ones])
  }

  mutating func score(_ input: Graph.ValueID) throws -> Graph.ValueID {
    let weights = parameter([1, graph[input].shape.count])
    return try add(.dense(Dense(outputs: 1)), input, [weights, zeros([1])])
  }

  private mutating func parameter(_ shape: Shape) -> Graph.ParameterID {
    let bound = 1 / Float(shape.count / shape[0]).squareRoot()
    let values = (0..<shape.count).map { _ in random.uniform(-bound, bound) }
    return graph.addParameter(Parameter("p\(graph.parameters.count)", shape, values))
  }

  private mutating func zeros(_ shape: Shape) -> Graph.ParameterID {
    graph.addParameter(
      Parameter("z\(graph.parameters.count)", shape, Array(repeating: 0, count: shape.count)))
  }
}
