/// Says operators of other domains in ONNX's own: those that ONNX Runtime's optimiser joins from
/// several, and the linear models of classical machine learning.
///
/// What is not among them stays as it is, to be refused by name.
struct Lowering {
  private var graph: ONNX.Graph
  private var nodes: [ONNX.Node] = []

  /// The place of the node that is being said in others: several may have one name.
  private var number = 0

  static func lowered(_ graph: ONNX.Graph) -> ONNX.Graph {
    guard graph.nodes.contains(where: { !$0.isStandard }) else { return graph }
    var lowering = Lowering(graph: graph)
    for (index, node) in graph.nodes.enumerated() {
      lowering.number = index
      let rule = rules[node.domain]?[node.operation]
      if rule?(&lowering, node) != true { lowering.nodes.append(node) }
    }
    lowering.graph.nodes = lowering.nodes
    return lowering.graph
  }

  private init(graph: ONNX.Graph) { self.graph = graph }

  /// Appends what stands for a node; false if nothing does.
  private typealias Rule = @Sendable (inout Lowering, ONNX.Node) -> Bool

  private static let rules: [String: [String: Rule]] = [
    "com.microsoft": [
      "BiasGelu": { $0.lowerGelu($1, approximation: "none") },
      "FastGelu": { $0.lowerGelu($1, approximation: "tanh") },
      "FusedConv": { $0.lowerActivated($1, as: "Conv", sum: 3) },
      "FusedGemm": { $0.lowerActivated($1, as: "Gemm", sum: nil) },
      "Gelu": { $0.lowerGelu($1, approximation: "none") },
      "QuickGelu": { $0.lowerQuickGelu($1) },
      "SkipLayerNormalization": { $0.lowerSkipNormalization($1) },
    ],
    "ai.onnx.ml": [
      "LinearClassifier": { $0.lowerLinearClassifier($1) },
      "Normalizer": { $0.lowerNormalizer($1) },
    ],
  ]

  /// The operators that are said in others.
  static var operations: Set<String> { Set(rules.values.flatMap(\.keys)) }

  // MARK: ONNX Runtime's

  /// A convolution or product, what is added to it, and an activation.
  private mutating func lowerActivated(
    _ node: ONNX.Node, as operation: String, sum: Int?
  ) -> Bool {
    let name = node.text("activation") ?? ""
    let numbers = node.attribute(operation == "Conv" ? "activation_params" : "")?.floats ?? []
    var settings: [ONNX.Attribute] = []
    func set(_ names: [String], _ values: [Float]) {
      settings += zip(names, values).map { ONNX.Attribute($0, $1) }
    }
    switch name {
    case "", "Relu", "Tanh", "Sigmoid", "HardSwish": break
    case "LeakyRelu": set(["alpha"], numbers)
    case "HardSigmoid": set(["alpha", "beta"], numbers)
    case "Clip": break
    default: return false
    }
    if operation == "Gemm" {
      set(
        ["alpha", "beta"],
        ["activation_alpha", "activation_beta"].compactMap {
          node.attribute($0)?.float
        })
    }
    var result = value(operation, node)
    let inputs = node.inputs.prefix(3)
    append(
      operation, Array(inputs.last == "" ? inputs.dropLast() : inputs), result, of: node,
      node.attributes.filter { !$0.name.hasPrefix("activation") })
    if let sum, node.inputs.count > sum, !node.inputs[sum].isEmpty {
      append("Add", [result, node.inputs[sum]], value("sum", node), of: node)
      result = value("sum", node)
    }
    var operands = [result]
    if name == "Clip" {
      for (index, number) in numbers.prefix(2).enumerated() {
        operands.append(constant(value("bound \(index)", node), [], [number]))
      }
    }
    append(name.isEmpty ? "Identity" : name, operands, node.outputs.first ?? "", of: node, settings)
    return true
  }

  private mutating func lowerGelu(_ node: ONNX.Node, approximation: String) -> Bool {
    var source = node.inputs.first ?? ""
    if node.inputs.count > 1, !node.inputs[1].isEmpty {
      append("Add", [source, node.inputs[1]], value("biased", node), of: node)
      source = value("biased", node)
    }
    append(
      "Gelu", [source], node.outputs.first ?? "", of: node,
      [ONNX.Attribute("approximate", approximation)])
    return true
  }

  /// x · σ(α · x)
  private mutating func lowerQuickGelu(_ node: ONNX.Node) -> Bool {
    let x = node.inputs.first ?? ""
    let alpha = constant(value("alpha", node), [], [node.attribute("alpha")?.float ?? 1.702])
    append("Mul", [x, alpha], value("scaled", node), of: node)
    append("Sigmoid", [value("scaled", node)], value("gate", node), of: node)
    append("Mul", [x, value("gate", node)], node.outputs.first ?? "", of: node)
    return true
  }

  /// Two values are added, and a bias, and normalised; the sum is the last output. Here ε is 1e-12
  /// unless stated, not 1e-5 as in ONNX's own normalisation.
  private mutating func lowerSkipNormalization(_ node: ONNX.Node) -> Bool {
    let inputs = node.inputs + Array(repeating: "", count: max(0, 5 - node.inputs.count))
    let sum =
      node.outputs.count > 3 && !node.outputs[3].isEmpty ? node.outputs[3] : value("sum", node)
    if inputs[4].isEmpty {
      append("Add", [inputs[0], inputs[1]], sum, of: node)
    } else {
      append("Add", [inputs[0], inputs[4]], value("biased", node), of: node)
      append("Add", [value("biased", node), inputs[1]], sum, of: node)
    }
    append(
      "LayerNormalization", [sum, inputs[2]] + (inputs[3].isEmpty ? [] : [inputs[3]]),
      node.outputs.first ?? "", of: node,
      [ONNX.Attribute("epsilon", node.attribute("epsilon")?.float ?? 1e-12)])
    return true
  }

  // MARK: Classical machine learning

  /// Scores by a matrix, then what makes probabilities of them. The answer, its first output, is
  /// not made: ``Decisions`` steps behind it.
  private mutating func lowerLinearClassifier(_ node: ONNX.Node) -> Bool {
    let weights = node.attribute("coefficients")?.floats ?? []
    let biases = node.attribute("intercepts")?.floats ?? []
    guard node.outputs.count == 2, biases.count > 1, weights.count % biases.count == 0,
      let input = node.inputs.first
    else { return false }
    let end: (String, [ONNX.Attribute])
    switch node.text("post_transform") ?? "NONE" {
    case "NONE": end = ("Identity", [])
    case "SOFTMAX": end = ("Softmax", [ONNX.Attribute("axis", 1)])
    case "LOGISTIC": end = ("Sigmoid", [])
    default: return false
    }
    let matrix = constant(
      value("coefficients", node), [biases.count, weights.count / biases.count], weights)
    let bias = constant(value("intercepts", node), [biases.count], biases)
    append(
      "Gemm", [input, matrix, bias], value("scores", node), of: node,
      [ONNX.Attribute("transB", 1)])
    append(end.0, [value("scores", node)], node.outputs[1], of: node, end.1)
    return true
  }

  private mutating func lowerNormalizer(_ node: ONNX.Node) -> Bool {
    let orders = ["L1": 1, "L2": 2]
    guard let order = orders[node.text("norm") ?? "MAX"], let output = node.outputs.first else {
      return false
    }
    append("LpNormalization", node.inputs, output, of: node, [ONNX.Attribute("p", order)])
    return true
  }

  // MARK: Parts

  /// The name of a value on the way to what the node makes.
  private func value(_ part: String, _ node: ONNX.Node) -> String {
    "\(node.label)/\(number)/\(part)"
  }

  private mutating func append(
    _ operation: String, _ inputs: [String], _ output: String, of node: ONNX.Node,
    _ attributes: [ONNX.Attribute] = []
  ) {
    var part = ONNX.Node()
    part.name = "\(node.label)/\(operation)"
    part.operation = operation
    part.inputs = inputs
    part.outputs = [output]
    part.attributes = attributes
    nodes.append(part)
  }

  private mutating func constant(_ name: String, _ axes: [Int], _ values: [Float]) -> String {
    graph.initializers.append(ONNX.Tensor(name, axes: axes, floats: values))
    return name
  }
}

extension ONNX.Node {
  /// Whether the operator is one of ONNX's own.
  var isStandard: Bool { domain.isEmpty || domain == "ai.onnx" }

  func attribute(_ name: String) -> ONNX.Attribute? { attributes.first { $0.name == name } }

  func text(_ name: String) -> String? { attribute(name)?.text }
}
