/// What stands behind the scores of a classifier and makes an answer of them: which class is the
/// largest, what it is called, a map from names to probabilities. The scores before it are read.
struct Decisions {
  private let producer: [String: ONNX.Node]

  /// The names of the classes, if the file's nodes say them.
  let labels: [String]

  init(_ graph: ONNX.Graph) {
    var producer: [String: ONNX.Node] = [:]
    for node in graph.nodes {
      for output in node.outputs { producer[output] = node }
    }
    self.producer = producer
    let lists = graph.nodes.lazy.compactMap { $0.attribute("classlabels_strings")?.texts }
    labels = lists.first { !$0.isEmpty } ?? []
  }

  /// The scores that an output decides by; nothing if it is no decision.
  func scores(behind output: String) -> String? {
    var name = output
    var scores: String?
    // A cycle is found later; here it must only not be walked for ever.
    for _ in 0..<16 {
      guard let node = producer[name], let input = node.inputs.first else { return scores }
      switch node.operation {
      case "ArgMax", "TopK", "ZipMap":
        name = input
        scores = input
      case "LinearClassifier" where node.outputs.count == 2 && node.outputs[0] == name:
        name = node.outputs[1]
        scores = name
      case "ArrayFeatureExtractor", "Gather", "LabelEncoder":
        // Names of classes, picked by their number.
        name = node.operation == "LabelEncoder" ? input : node.inputs.last ?? input
      case "Cast", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten": name = input
      default: return scores
      }
    }
    return scores
  }
}
