import Networks
import Tensors

/// Writes a network as an ONNX graph. The batch axis becomes the first one of every value and stays
/// open, so that other runtimes take any number of samples too.
struct GraphWriter {
  let graph: Graph

  /// The lowest edition of ONNX's operators that has all the network needs: old readers can read it.
  let operatorSet: Int
  private(set) var nodes: [ONNX.Node] = []
  private(set) var initializers: [ONNX.Tensor] = []
  private var parameterNames: [Int: String] = [:]
  private var constantNames: [[Int]: String] = [:]
  private var taken: Set<String>

  /// The number to try next behind a name that is taken.
  private var suffixes: [String: Int] = [:]

  init(_ graph: Graph) {
    self.graph = graph
    operatorSet = graph.nodes.reduce(17) { max($0, $1.operation.operatorSet) }
    taken = Set(graph.values.map(\.name))
  }

  /// The format version that belongs to the operator set.
  private var irVersion: Int64 {
    switch operatorSet {
    case ...18: 8
    case 19...20: 9
    case 21...22: 10
    default: 11
    }
  }

  /// The whole model.
  mutating func model(_ information: ModelInformation) -> ONNX.Model {
    for id in graph.nodes.indices { write(graph.nodes[id]) }
    var result = ONNX.Graph()
    result.name = "network"
    result.nodes = nodes
    result.initializers = initializers
    result.inputs = graph.inputs.map(declaration)
    result.outputs = graph.outputs.map(declaration)
    var model = ONNX.Model()
    model.irVersion = irVersion
    model.producerName = "whylight"
    var set = ONNX.OperatorSet()
    set.version = Int64(operatorSet)
    model.operatorSets = [set]
    model.graph = result
    model.metadata = information.metadata
    return model
  }

  private func declaration(_ id: Graph.ValueID) -> ONNX.ValueInfo {
    var type = ONNX.TensorType()
    type.elementType = ONNX.ElementType.float32.rawValue
    type.shape = ONNX.TensorShape(
      [ONNX.Dimension(name: "batch")] + graph[id].shape.axes.map { ONNX.Dimension(length: $0) })
    var value = ONNX.ValueInfo()
    value.name = graph[id].name
    value.type = type
    return value
  }
}

// MARK: - What the operations use

extension GraphWriter {
  /// Adds an operator with one output, `output` or a name of its own.
  @discardableResult
  mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [ONNX.Attribute] = [],
    name: String, output: String? = nil
  ) -> String {
    var node = ONNX.Node()
    node.name = name
    node.operation = operation
    node.inputs = inputs
    node.attributes = attributes
    let result = output ?? unused(name)
    node.outputs = [result]
    nodes.append(node)
    return result
  }

  /// The initialiser of a parameter; a shared one is written once.
  mutating func parameter(_ id: Graph.ParameterID) -> String {
    if let known = parameterNames[id.index] { return known }
    let parameter = graph[id]
    let name = unused(parameter.name)
    parameterNames[id.index] = name
    initializers.append(
      ONNX.Tensor(name, axes: parameter.shape.axes, floats: parameter.values))
    return name
  }

  mutating func floats(_ values: [Float], axes: [Int], name: String) -> String {
    let name = unused(name)
    initializers.append(ONNX.Tensor(name, axes: axes, floats: values))
    return name
  }

  /// A list of integers; equal lists are written once.
  mutating func integers(_ values: [Int], axes: [Int]? = nil) -> String {
    let axes = axes ?? [values.count]
    let key = [axes.count] + axes + values
    if let known = constantNames[key] { return known }
    let name = unused("constant \(constantNames.count)")
    constantNames[key] = name
    initializers.append(ONNX.Tensor(name, axes: axes, integers: values))
    return name
  }

  /// A value's name, with axes of length one added before its own until it has `rank` axes: ONNX
  /// aligns shapes at the end, where the batch must not be pushed.
  mutating func ranked(_ id: Graph.ValueID, _ rank: Int, for node: Graph.Node) -> String {
    let value = graph[id]
    guard value.shape.rank < rank else { return value.name }
    let ones = Array(repeating: 1, count: rank - value.shape.rank)
    return add(
      "Reshape", [value.name, integers([0] + ones + value.shape.axes)],
      name: node.name + "/" + value.name)
  }

  private mutating func unused(_ base: String) -> String {
    var name = base
    while !taken.insert(name).inserted {
      let number = suffixes[base, default: 2]
      name = "\(base) \(number)"
      suffixes[base] = number + 1
    }
    return name
  }
}
