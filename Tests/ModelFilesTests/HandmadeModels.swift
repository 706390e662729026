@testable import ModelFiles

/// A node made by hand.
func node(
  _ operation: String, _ inputs: [String], _ outputs: [String], name: String = "",
  domain: String = "", _ attributes: [ONNX.Attribute] = []
) -> ONNX.Node {
  var node = ONNX.Node()
  node.operation = operation
  node.domain = domain
  node.inputs = inputs
  node.outputs = outputs
  node.name = name
  node.attributes = attributes
  return node
}

/// A model file made by hand, with the input `image` and the output `scores`. Lengths of the input
/// that are nothing stay open.
func model(
  _ nodes: [ONNX.Node], input: [Int?] = [1, 3, 8, 8], initializers: [ONNX.Tensor] = [],
  operatorSet: Int64 = 17, metadata: [(String, String)] = []
) -> [UInt8] {
  var type = ONNX.TensorType()
  type.elementType = 1
  type.shape = ONNX.TensorShape(
    input.map { length in length.map { ONNX.Dimension(length: $0) } ?? ONNX.Dimension(name: "n") })
  var image = ONNX.ValueInfo()
  image.name = "image"
  image.type = type
  var scores = ONNX.ValueInfo()
  scores.name = "scores"
  var graph = ONNX.Graph()
  graph.nodes = nodes
  graph.inputs = [image]
  graph.outputs = [scores]
  graph.initializers = initializers
  var set = ONNX.OperatorSet()
  set.version = operatorSet
  var model = ONNX.Model()
  model.irVersion = 8
  model.operatorSets = [set]
  model.graph = graph
  model.metadata = metadata.map { key, value in
    var entry = ONNX.Entry()
    (entry.key, entry.value) = (key, value)
    return entry
  }
  return model.encoded
}

extension ONNX.Attribute {
  init(_ name: String, floats: [Float]) {
    self.init()
    self.name = name
    self.floats = floats
    kind = 6
  }

  init(_ name: String, texts: [String]) {
    self.init()
    self.name = name
    self.texts = texts
    kind = 8
  }
}
