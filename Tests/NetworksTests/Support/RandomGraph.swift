import Networks
import Tensors

/// Graphs with branches that meet again, views, layers that work in place, and values that are used
/// several times, for tests of everything that must not depend on the graph's form.
struct RandomGraph {
  private(set) var graph = Graph()
  private var random: SplitMix
  private var open: [Graph.ValueID] = []

  /// Makes a graph of about `nodes` nodes, the same for the same seed.
  init(seed: UInt64, nodes: Int) throws {
    random = SplitMix(seed: seed)
    open = [try graph.addInput("input", [2, 4, 4])]
    for number in 0..<nodes { try addNode("node\(number)") }
    graph.markOutput(open[open.count - 1])
  }

  private mutating func addNode(_ name: String) throws {
    let input = pick()
    let shape = graph[input].shape
    switch Int.random(in: 0..<8, using: &random) {
    case 0: try add(.pointwise(Pointwise(.relu)), name, [input])
    case 1: try add(.pointwise(Pointwise(.tanh)), name, [input])
    case 2: try add(.pointwise(Pointwise(.square)), name, [input])
    case 3: try add(.reshape(Reshape(to: reversed(shape))), name, [input])
    case 4: try add(.identity(Identity()), name, [input])
    case 5:
      // Two values meet: the product of a square with another, or with itself.
      let square = try add(.reshape(Reshape(to: [2, 4, 4])), name + ".left", [input])
      let other = try add(.reshape(Reshape(to: [2, 4, 4])), name + ".right", [pick()])
      try add(.matrixProduct(MatrixProduct()), name, [square, other])
    case 6:
      let channels = graph.addParameter(parameter(name + ".scale", shape[0]))
      let bias = graph.addParameter(parameter(name + ".bias", shape[0]))
      let mean = graph.addParameter(parameter(name + ".mean", shape[0], isTrainable: false))
      let variance = graph.addParameter(parameter(name + ".variance", shape[0], isTrainable: false))
      try add(
        .batchNormalization(BatchNormalization()), name, [input],
        parameters: [channels, bias, mean, variance])
    default:
      let map = try add(.reshape(Reshape(to: [2, 4, 4])), name + ".map", [input])
      let window = PoolingWindow(
        vertical: WindowAxis(kernel: 3, before: 1, after: 1),
        horizontal: WindowAxis(kernel: 3, before: 1, after: 1))
      try add(.averagePooling(AveragePooling(window, countsPadding: true)), name, [map])
    }
  }

  @discardableResult
  private mutating func add(
    _ operation: Operation, _ name: String, _ inputs: [Graph.ValueID],
    parameters: [Graph.ParameterID] = []
  ) throws -> Graph.ValueID {
    let value = try graph.add(operation, name: name, inputs: inputs, parameters: parameters)
    open.append(value)
    return value
  }

  /// A value, rather a late one.
  private mutating func pick() -> Graph.ValueID {
    open[open.count - 1 - min(Int.random(in: 0..<6, using: &random), open.count - 1)]
  }

  private func reversed(_ shape: Shape) -> Shape { Shape(shape.axes.reversed()) }

  private mutating func parameter(
    _ name: String, _ count: Int, isTrainable: Bool = true
  ) -> Parameter {
    Parameter(
      name, [count], TestValues.uniform(0.2...0.6).make(count, &random), isTrainable: isTrainable)
  }
}
