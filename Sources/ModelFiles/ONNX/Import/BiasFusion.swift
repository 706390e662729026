/// Joins a bias that stands in an Add of its own to the convolution or product before it.
///
/// Exporters without a dense operator write `MatMul, Add`, some write `Conv, Add`. Joined they are
/// one layer that people recognise, and one pass over memory less.
enum BiasFusion {
  /// `axes` are those of the initialisers, by name.
  static func joined(
    _ nodes: [ONNX.Node], axes: [String: [Int64]], outputs: Set<String>
  ) -> [ONNX.Node] {
    var uses: [String: Int] = [:]
    for name in nodes.flatMap(\.inputs) { uses[name, default: 0] += 1 }
    var producer: [String: Int] = [:]
    var result: [ONNX.Node] = []
    for node in nodes {
      if node.operation == "Add", node.inputs.count == 2, node.outputs.count == 1,
        let (value, bias) = operands(node, axes), let index = producer[value],
        uses[value] == 1, !outputs.contains(value),
        let shape = axes[bias], fits(shape, result[index], axes)
      {
        result[index].inputs.append(bias)
        result[index].outputs = node.outputs
        producer[node.outputs[0]] = index
        continue
      }
      let isOpen =
        (node.operation == "MatMul" || node.operation == "Conv") && node.domain.isEmpty
        && node.inputs.count == 2 && node.outputs.count == 1
      if isOpen { producer[node.outputs[0]] = result.count }
      result.append(node)
    }
    return result
  }

  /// The value and the initialiser of an Add.
  private static func operands(
    _ node: ONNX.Node, _ axes: [String: [Int64]]
  ) -> (value: String, bias: String)? {
    let (a, b) = (node.inputs[0], node.inputs[1])
    switch (axes[a], axes[b]) {
    case (nil, .some): return (a, b)
    case (.some, nil): return (b, a)
    default: return nil
    }
  }

  /// Whether the numbers are one for each output of the product, and nothing else.
  private static func fits(
    _ bias: [Int64], _ node: ONNX.Node, _ axes: [String: [Int64]]
  ) -> Bool {
    guard node.inputs.count == 2, let weights = axes[node.inputs[1]], let first = weights.first
    else { return false }
    if node.operation == "Conv" {
      // [1, K, 1, 1] without leading ones; K alone would lie along the last axis.
      let spatial = Array(repeating: Int64(1), count: weights.count - 2)
      return weights.count >= 3 && Array(bias.drop { $0 == 1 }) == [first] + spatial
    }
    return weights.count == 2 && weights[1] > 1 && Array(bias.drop { $0 == 1 }) == [weights[1]]
      && bias.count <= 2
  }
}
