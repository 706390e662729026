import Networks
import Tensors

/// Networks that tests share, with random parameters.
struct ExampleNetwork {
  private(set) var graph = Graph()
  private var random = CounterRandom(seed: 7)
  private var names = 0

  /// Two 5x5 convolutions with pools and a dense layer: the digit network everybody knows.
  static func leNet() throws -> Graph {
    var network = ExampleNetwork()
    var value = try network.graph.addInput("image", [1, 28, 28])
    for channels in [16, 32] {
      value = try network.convolution(value, channels, kernel: 5, padding: 2)
      value = try network.relu(value)
      value = try network.add(.maxPooling(MaxPooling(.square(2))), [value])
    }
    network.graph.markOutput(try network.dense(value, 10))
    return network.graph
  }

  /// The residual network of 18 layers (He et al. 2015, arXiv 1512.03385), normalisation folded
  /// into biases.
  static func resNet18(side: Int = 224, classes: Int = 1000) throws -> Graph {
    var network = ExampleNetwork()
    var value = try network.graph.addInput("image", [3, side, side])
    value = try network.relu(
      try network.convolution(value, 64, kernel: 7, stride: 2, padding: 3))
    let axis = WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)
    value = try network.add(
      .maxPooling(MaxPooling(PoolingWindow(vertical: axis, horizontal: axis))), [value])
    for (stage, channels) in [64, 128, 256, 512].enumerated() {
      for block in 0..<2 {
        value = try network.residualBlock(
          value, channels, stride: stage > 0 && block == 0 ? 2 : 1)
      }
    }
    value = try network.add(.globalPooling(GlobalPooling(.average)), [value])
    network.graph.markOutput(try network.dense(value, classes))
    return network.graph
  }

  private mutating func residualBlock(
    _ input: Graph.ValueID, _ channels: Int, stride: Int
  ) throws -> Graph.ValueID {
    var shortcut = input
    if stride != 1 || graph[input].shape[0] != channels {
      shortcut = try convolution(input, channels, kernel: 1, stride: stride, padding: 0)
    }
    let first = try relu(
      try convolution(input, channels, kernel: 3, stride: stride, padding: 1))
    let second = try convolution(first, channels, kernel: 3, padding: 1)
    return try relu(try add(.arithmetic(Arithmetic(.add)), [second, shortcut]))
  }

  private mutating func convolution(
    _ input: Graph.ValueID, _ channels: Int, kernel: Int, stride: Int = 1, padding: Int
  ) throws -> Graph.ValueID {
    let axis = KernelAxis(kernel: kernel, stride: stride, before: padding, after: padding)
    let shape: Shape = [channels, graph[input].shape[0], kernel, kernel]
    return try add(
      .convolution(Convolution(outputChannels: channels, vertical: axis, horizontal: axis)),
      [input], parameters: [parameter(shape), parameter([channels])])
  }

  private mutating func dense(_ input: Graph.ValueID, _ outputs: Int) throws -> Graph.ValueID {
    let shape: Shape = [outputs, graph[input].shape.count]
    return try add(
      .dense(Dense(outputs: outputs)), [input],
      parameters: [parameter(shape), parameter([outputs])])
  }

  private mutating func relu(_ input: Graph.ValueID) throws -> Graph.ValueID {
    try add(.pointwise(Pointwise(.relu)), [input])
  }

  private mutating func add(
    _ operation: Operation, _ inputs: [Graph.ValueID], parameters: [Graph.ParameterID] = []
  ) throws -> Graph.ValueID {
    names += 1
    return try graph.add(operation, name: "node\(names)", inputs: inputs, parameters: parameters)
  }

  private mutating func parameter(_ shape: Shape) -> Graph.ParameterID {
    let bound = 1 / Float(max(1, shape.count / shape[0])).squareRoot()
    let values = (0..<shape.count).map { _ in random.uniform(-bound, bound) }
    return graph.addParameter(Parameter("parameter\(graph.parameters.count)", shape, values))
  }
}
