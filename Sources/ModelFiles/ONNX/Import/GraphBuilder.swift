import Networks
import Tensors

/// Collects the network while the nodes of an ONNX graph are read in order.
struct GraphBuilder {
  private(set) var graph = Graph()
  private(set) var notes: [ModelNote] = []

  /// The batch size written into the file, if one is.
  let fixedBatch: Int?

  /// Names of the ONNX graph, which helpers must not take.
  private var taken: Set<String>

  /// Weights already in the network, by initialiser and arrangement: shared weights stay shared.
  private var parameters: [String: Graph.ParameterID] = [:]

  /// Bytes that weights may still take. A file can name one stretch of another file many times.
  private var weightBudget: Int

  /// The number to try next behind a name that is taken.
  private var suffixes: [String: Int] = [:]

  init(fixedBatch: Int?, names: Set<String>) {
    self.fixedBatch = fixedBatch
    taken = names
    weightBudget = ReadingLimits.weightBytes
  }

  /// Allows the weights that files of so many bytes together may bring.
  mutating func allow(fileSize: Int) { weightBudget += 16 * fileSize }

  mutating func addInput(_ name: String, _ shape: Shape, batchAxis: Int?) throws(GraphError)
    -> Activation
  {
    let value = try graph.addInput(name, shape)
    return Activation(value: value, shape: shape, batchAxis: batchAxis)
  }

  mutating func note(_ note: ModelNote) {
    if !notes.contains(note) { notes.append(note) }
  }
}

// MARK: - Nodes

extension GraphBuilder {
  /// Adds a layer for a node. Its value has the name of the node's output, unless the layer is only
  /// a `helper` on the way there. A `part` is one of several layers that each make an output.
  mutating func add(
    _ operation: Operation, _ inputs: [Activation], parameters: [Graph.ParameterID] = [],
    for context: NodeContext, output: Int = 0, part: String? = nil, helper: String? = nil,
    batchAxis: Int?
  ) throws(NodeProblem) -> Activation {
    var name = context.label
    var outputName = output < context.node.outputs.count ? context.node.outputs[output] : ""
    if let suffix = helper ?? part { name += "/" + suffix }
    if helper != nil || outputName.isEmpty || graph.value(named: outputName) != nil {
      outputName = unusedName(name)
    }
    let value: Graph.ValueID
    do {
      value = try graph.add(
        operation, name: name, inputs: inputs.map(\.value), parameters: parameters,
        output: outputName)
    } catch {
      switch error {
      case .shape(_, let problem): throw .shape(problem)
      case .duplicateValue(let name): throw .wrongAttribute(name: "output", value: name)
      }
    }
    let shape = graph[value].shape
    guard shape.count <= ReadingLimits.elements else { throw .tooLarge(axes: shape.axes) }
    return Activation(value: value, shape: shape, batchAxis: batchAxis)
  }

  /// The same elements under another shape of the network.
  mutating func reshape(
    _ activation: Activation, to axes: [Int], batchAxis: Int?, for context: NodeContext,
    helper: String? = nil
  ) throws(NodeProblem) -> Activation {
    guard let shape = Shape(checking: axes) else { throw .tooLarge(axes: axes) }
    if shape == activation.shape {
      return Activation(value: activation.value, shape: shape, batchAxis: batchAxis)
    }
    return try add(
      .reshape(Reshape(to: shape)), [activation], for: context, helper: helper,
      batchAxis: batchAxis)
  }

  /// The activation with its batch axis in front, as layers of feature maps expect it. In a file for
  /// one sample the axis may be an ordinary one of length one.
  mutating func batchFirst(
    _ activation: Activation, for context: NodeContext
  ) throws(NodeProblem) -> Activation {
    switch activation.batchAxis {
    case 0: return activation
    case nil:
      guard activation.shape.axes.first == 1 else { throw .mixesBatch }
      return try reshape(
        activation, to: Array(activation.shape.axes.dropFirst()), batchAxis: 0, for: context,
        helper: "sample")
    case .some: throw .mixesBatch
    }
  }

  private mutating func unusedName(_ base: String) -> String {
    var name = base
    while taken.contains(name) || graph.value(named: name) != nil {
      let number = suffixes[base, default: 2]
      name = "\(base) \(number)"
      suffixes[base] = number + 1
    }
    taken.insert(name)
    return name
  }
}

// MARK: - Parameters

extension GraphBuilder {
  /// A weight of the network. The same initialiser in the same `arrangement` is one parameter.
  mutating func parameter(
    _ constant: Constant, role: String, for context: NodeContext, axes: [Int]? = nil,
    arrangement: String = "", isTrainable: Bool = true,
    _ arrange: (([Float]) throws(NodeProblem) -> [Float])? = nil
  ) throws(NodeProblem) -> Graph.ParameterID {
    let axes = axes ?? constant.axes
    guard let shape = Shape(checking: axes) else { throw .tooLarge(axes: axes) }
    let key = constant.name.map { "\($0) \(axes) \(arrangement) \(isTrainable)" }
    if let key, let known = parameters[key] { return known }
    weightBudget -= 4 * constant.count
    guard weightBudget >= 0 else { throw .tooLarge(axes: axes) }
    var values = try constant.floats()
    if let arrange { values = try arrange(values) }
    guard values.count == shape.count else { throw .shapesDoNotMatch(constant.axes, axes) }
    let name = constant.name ?? context.label + "/" + role
    let id = graph.addParameter(Parameter(name, shape, values, isTrainable: isTrainable))
    if let key { parameters[key] = id }
    return id
  }

  /// A weight that we computed.
  mutating func parameter(
    _ values: [Float], axes: [Int], role: String, for context: NodeContext,
    isTrainable: Bool = true
  ) -> Graph.ParameterID {
    graph.addParameter(
      Parameter(
        context.label + "/" + role, Shape(axes), values, isTrainable: isTrainable))
  }
}
