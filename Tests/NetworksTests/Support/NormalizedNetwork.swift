import Networks
import Tensors

/// Two blocks of convolution, batch normalisation and ReLU, and a dense layer with a normalisation of
/// its own behind it.
struct NormalizedNetwork {
  private(set) var graph = Graph()
  let input: Graph.ValueID
  let output: Graph.ValueID

  /// What the first convolution makes, before it is normalised.
  let between: Graph.ValueID

  var sample: [Float] { (0..<72).map { Float($0 % 11) / 10 - 0.5 } }

  init() throws {
    input = try graph.addInput("image", [2, 6, 6])
    var (x, values) = (input, [Graph.ValueID]())
    for layer in 0..<2 {
      let weights = graph.addParameter(
        Parameter("weights \(layer)", [2, 2, 3, 3], (0..<36).map { Float($0 % 7) / 10 - 0.25 }))
      let biases = layer == 0 ? [] : [graph.addParameter(Parameter("bias", [2], [0.5, -0.25]))]
      x = try graph.add(
        .convolution(Convolution(outputChannels: 2, kernel: 3, padding: 1)), name: "c\(layer)",
        inputs: [x], parameters: [weights] + biases)
      values.append(x)
      x = try graph.addNormalization("n\(layer)", of: x, channels: 2)
      x = try graph.add(.pointwise(Pointwise(.relu)), name: "r\(layer)", inputs: [x])
    }
    x = try graph.add(
      .dense(Dense(outputs: 3)), name: "dense", inputs: [x],
      parameters: [
        graph.addParameter(
          Parameter("dense", [3, 72], (0..<216).map { Float($0 % 13) / 20 - 0.3 }))
      ])
    output = try graph.addNormalization("n2", of: x, channels: 3)
    between = values[0]
    graph.markOutput(output)
  }
}

extension Graph {
  fileprivate mutating func addNormalization(
    _ name: String, of value: ValueID, channels: Int
  ) throws -> ValueID {
    let lines = [[1.5, -0.5, 2], [0.25, -0.125, 1], [0.5, -1, 0.1], [0.5, 4, 1]] as [[Float]]
    let parameters = lines.enumerated().map { role, values in
      addParameter(Parameter("\(name) \(role)", [channels], Array(values.prefix(channels))))
    }
    return try add(
      .batchNormalization(BatchNormalization()), name: name, inputs: [value],
      parameters: parameters)
  }
}
