import Networks
import Tensors

/// Networks of layers whose windows are uneven: strides, dilation, borders on one side, odd sizes.
struct WindowNetwork {
  private var graph = Graph()
  private var random = CounterRandom(seed: 3)

  /// Every kind of window one after the other.
  static func everyWindow() throws -> Graph {
    var network = WindowNetwork()
    var x = try network.graph.addInput("image", [2, 37, 41])
    x = try network.convolution(
      x, 6, KernelAxis(kernel: 3, stride: 1, before: 2, after: 0),
      KernelAxis(kernel: 4, stride: 1, before: 1, after: 2))
    x = try network.add(.pointwise(Pointwise(.tanh)), [x])
    x = try network.convolution(
      x, 6, KernelAxis(kernel: 3, dilation: 2, padding: 2), KernelAxis(kernel: 3, padding: 1),
      groups: 3)
    let overlapping = PoolingWindow(
      vertical: WindowAxis(kernel: 3, stride: 2, before: 1, after: 1, roundsUp: true),
      horizontal: WindowAxis(kernel: 3, stride: 2, before: 0, after: 1))
    x = try network.add(.maxPooling(MaxPooling(overlapping)), [x])
    x = try network.convolution(
      x, 12, KernelAxis(kernel: 3, padding: 1), KernelAxis(kernel: 3, padding: 1))
    x = try network.add(.pointwise(Pointwise(.relu)), [x])
    for countsPadding in [false, true] {
      let window = PoolingWindow(
        vertical: WindowAxis(kernel: 2, before: 1), horizontal: WindowAxis(kernel: 3, after: 1))
      x = try network.add(
        .averagePooling(AveragePooling(window, countsPadding: countsPadding)), [x])
    }
    x = try network.convolution(
      x, 9, KernelAxis(kernel: 1, stride: 3), KernelAxis(kernel: 2, stride: 2))
    network.graph.markOutput(try network.add(.globalPooling(GlobalPooling(.max)), [x]))
    return network.graph
  }

  /// Branches of different reach that meet by sums and side by side; layers that run as a whole
  /// between; an output that is a map.
  static func mixed() throws -> Graph {
    var network = WindowNetwork()
    let image = try network.graph.addInput("image", [8, 29, 23])
    let same = KernelAxis(kernel: 3, padding: 1)
    let wide = KernelAxis(kernel: 5, padding: 2)
    let near = try network.add(
      .pointwise(Pointwise(.relu)), [try network.convolution(image, 8, same, same)])
    let far = try network.normalized(try network.convolution(image, 8, wide, wide))
    let named = try network.add(.identity(Identity()), [far])
    var x = try network.add(.arithmetic(Arithmetic(.multiply)), [near, named])
    x = try network.add(.concatenation(Concatenation(axis: 0)), [x, image, named])
    x = try network.add(
      .arithmeticConstant(ArithmeticConstant(.subtract, constant: .left)), [x],
      [network.parameter([24, 1, 1])])
    x = try network.add(.localResponseNormalization(LocalResponseNormalization(size: 3)), [x])
    x = try network.convolution(x, 8, same, same)
    x = try network.add(.parametricReLU(ParametricReLU()), [x], [network.parameter([8, 1, 1])])
    // Everywhere the same change from here on.
    let squeezed = try network.add(.globalPooling(GlobalPooling(.average)), [x])
    x = try network.add(.arithmetic(Arithmetic(.multiply)), [x, squeezed])
    network.graph.markOutput(try network.convolution(x, 3, same, same))
    return network.graph
  }

  private mutating func normalized(_ x: Graph.ValueID) throws -> Graph.ValueID {
    let channels = graph[x].shape[0]
    let parameters = (0..<4).map { _ in parameter([channels], 0.5...1) }
    return try add(.batchNormalization(BatchNormalization()), [x], parameters)
  }

  private mutating func convolution(
    _ x: Graph.ValueID, _ channels: Int, _ vertical: KernelAxis, _ horizontal: KernelAxis,
    groups: Int = 1
  ) throws -> Graph.ValueID {
    let shape: Shape = [
      channels, graph[x].shape[0] / groups, vertical.kernel, horizontal.kernel,
    ]
    return try add(
      .convolution(
        Convolution(
          outputChannels: channels, groups: groups, vertical: vertical, horizontal: horizontal)),
      [x], [parameter(shape), parameter([channels])])
  }

  private mutating func add(
    _ operation: Operation, _ inputs: [Graph.ValueID], _ parameters: [Graph.ParameterID] = []
  ) throws -> Graph.ValueID {
    try graph.add(
      operation, name: "node\(graph.nodes.count)", inputs: inputs, parameters: parameters)
  }

  private mutating func parameter(
    _ shape: Shape, _ range: ClosedRange<Float> = -0.5...0.5
  ) -> Graph.ParameterID {
    let values = (0..<shape.count).map { _ in random.uniform(range.lowerBound, range.upperBound) }
    return graph.addParameter(Parameter("parameter\(graph.parameters.count)", shape, values))
  }
}
