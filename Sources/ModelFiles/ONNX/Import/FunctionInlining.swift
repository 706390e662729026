/// Replaces calls of the file's own functions by their bodies.
///
/// Values of a body are renamed after the call; a function may call another. Functions that call
/// each other without end, and a file of a few lines that unfolds into millions of nodes, are
/// refused.
struct FunctionInlining {
  private let functions: [String: ONNX.Function]
  private var nodes: [ONNX.Node] = []
  private var calls = 0
  private var nameBytes = 0

  private init(_ functions: [ONNX.Function]) {
    self.functions = Dictionary(
      functions.map { (Self.key($0.domain, $0.name, $0.overload), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  static func inlined(_ model: ONNX.Model, _ graph: ONNX.Graph) throws(ModelFileError)
    -> ONNX.Graph
  {
    guard !model.functions.isEmpty else { return graph }
    var inlining = FunctionInlining(model.functions)
    for node in graph.nodes { try inlining.append(node, depth: 0) }
    var result = graph
    result.nodes = inlining.nodes
    return result
  }

  private static func key(_ domain: String, _ name: String, _ overload: String) -> String {
    "\(domain)\u{0}\(name)\u{0}\(overload)"
  }

  private mutating func append(_ node: ONNX.Node, depth: Int) throws(ModelFileError) {
    guard let function = functions[Self.key(node.domain, node.operation, node.overload)] else {
      guard nodes.count < ReadingLimits.nodes else {
        throw .functionsTooLarge(.nodes(ReadingLimits.nodes))
      }
      nodes.append(node)
      return
    }
    guard depth < ReadingLimits.callDepth else {
      throw .functionsTooLarge(.depth(ReadingLimits.callDepth))
    }
    guard calls < ReadingLimits.nodes else {
      throw .functionsTooLarge(.calls(ReadingLimits.nodes))
    }
    calls += 1
    let prefix = "\(node.label)/\(calls)/"
    var names: [String: String] = ["": ""]
    for (index, formal) in function.inputs.enumerated() {
      names[formal] = index < node.inputs.count ? node.inputs[index] : ""
    }
    var copies: [ONNX.Node] = []
    for (index, formal) in function.outputs.enumerated()
    where index < node.outputs.count && !node.outputs[index].isEmpty {
      if let input = names[formal] {
        // The function hands an input through.
        var copy = ONNX.Node()
        copy.operation = "Identity"
        copy.inputs = [input]
        copy.outputs = [node.outputs[index]]
        copies.append(copy)
      } else {
        names[formal] = node.outputs[index]
      }
    }
    for body in function.nodes {
      var inner = body
      inner.name = prefix + body.label
      inner.inputs = body.inputs.map { names[$0] ?? prefix + $0 }
      inner.outputs = body.outputs.map { names[$0] ?? prefix + $0 }
      nameBytes += (inner.inputs + inner.outputs + [inner.name]).reduce(0) { $0 + $1.utf8.count }
      guard nameBytes <= ReadingLimits.nameBytes else {
        throw .functionsTooLarge(.nameBytes(ReadingLimits.nameBytes))
      }
      inner.attributes = body.attributes.compactMap { Self.bound($0, node, function) }
      try append(inner, depth: depth + 1)
    }
    for copy in copies { try append(copy, depth: depth + 1) }
  }

  /// An attribute of the body with the value that the call, or else the function, gives it.
  private static func bound(
    _ attribute: ONNX.Attribute, _ call: ONNX.Node, _ function: ONNX.Function
  ) -> ONNX.Attribute? {
    guard !attribute.reference.isEmpty else { return attribute }
    let given =
      call.attributes.first { $0.name == attribute.reference }
      ?? function.defaults.first { $0.name == attribute.reference }
    guard var given else { return nil }
    given.name = attribute.name
    return given
  }
}
