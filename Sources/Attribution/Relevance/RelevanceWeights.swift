import Networks
import Tensors

/// The weights of a layer from which those of a rule's terms are made, with a batch normalisation
/// behind the layer folded into them.
struct RelevanceWeights {
  private let operation: Operation
  private let inputs: [Shape]
  private let weight: Parameter
  private let bias: Parameter?
  private let purpose: PlanPurpose

  init(_ node: Graph.Node, of graph: Graph, purpose: PlanPurpose) {
    operation = node.operation
    inputs = node.inputs.map { graph[$0].shape }
    self.purpose = purpose
    let own = node.parameters.map { graph[$0] }
    guard let (normalization, parameters) = Self.normalization(behind: node, of: graph) else {
      (weight, bias) = (own[0], own.dropFirst().first)
      return
    }
    let lines = normalization.lines(parameters)
    let channels = Self.outputChannels(node.operation, own[0].shape, inputs)
    var scaled = own[0]
    for index in scaled.values.indices { scaled.values[index] *= lines[channels(index)].slope }
    weight = scaled
    let biases = lines.indices.map { channel in
      lines[channel].offset
        + (own.count > 1 ? own[1].values[channel] * lines[channel].slope : 0)
    }
    bias = Parameter("\(node.name)/folded", [lines.count], biases)
  }

  /// The layer's weights with a function applied to each of them, and to the bias if it takes part.
  func with(bias takesPart: Bool = true, _ function: (Float) -> Float) -> LayerWeights {
    var parameters = [weight]
    if takesPart, let bias { parameters.append(bias) }
    for index in parameters.indices {
      parameters[index].values = parameters[index].values.map(function)
    }
    return LayerWeights(operation.layer, inputs: inputs, purpose: purpose) { parameters }
  }

  /// The batch normalisation that alone reads a layer's output.
  static func normalization(
    behind node: Graph.Node, of graph: Graph
  ) -> (BatchNormalization, parameters: [[Float]])? {
    let readers = graph.nodes.filter { $0.inputs.contains(node.output) }
    guard readers.count == 1, case .batchNormalization(let layer) = readers[0].operation,
      !graph.outputs.contains(node.output)
    else { return nil }
    return (layer, readers[0].parameters.map { graph[$0].values })
  }

  /// The output channel that a weight belongs to, by the weight's index.
  private static func outputChannels(
    _ operation: Operation, _ shape: Shape, _ inputs: [Shape]
  ) -> (Int) -> Int {
    guard case .transposedConvolution(let layer) = operation else {
      let each = shape.count / shape[0]
      return { $0 / each }
    }
    // [C, K / groups, …]
    let taps = shape.count / shape[0] / shape[1]
    let inputsOfGroup = shape[0] / layer.groups
    return { index in
      index / (taps * shape[1]) / inputsOfGroup * shape[1] + index / taps % shape[1]
    }
  }
}
