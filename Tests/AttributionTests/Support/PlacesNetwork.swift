import Attribution
import Networks
import Tensors

/// Networks of a few numbers whose maps can be calculated by hand.
///
/// ```
/// input [C, 2, 2] → 1x1 convolution "block/features" → (ReLU "block/relu") → mean of the places → dense
/// ```
struct PlacesNetwork {
  /// One row for each of two feature channels, a weight for each input channel.
  var features: [[Float]] = [[1], [-1]]

  /// One row for each of two classes, a weight for each feature channel.
  var head: [[Float]] = [[2, 1], [-1, 3]]
  var rectifies = true

  /// Whether the input is added to the features, so that a way leads past them.
  var hasSkip = false

  func model() throws -> NetworkModel {
    let channels = features[0].count
    var graph = Graph()
    let input = try graph.addInput("image", [channels, 2, 2])
    let weight = graph.addParameter(
      Parameter("features", [features.count, channels, 1, 1], features.flatMap(\.self)))
    var x = try graph.add(
      .convolution(Convolution(outputChannels: features.count, kernel: 1)),
      name: "block/features", inputs: [input], parameters: [weight])
    if rectifies {
      x = try graph.add(.pointwise(Pointwise(.relu)), name: "block/relu", inputs: [x])
    }
    if hasSkip {
      x = try graph.add(.arithmetic(Arithmetic(.add)), name: "sum", inputs: [x, input])
    }
    x = try graph.add(.globalPooling(GlobalPooling(.average)), name: "mean", inputs: [x])
    let matrix = graph.addParameter(
      Parameter("head", [head.count, features.count], head.flatMap(\.self)))
    graph.markOutput(
      try graph.add(
        .dense(Dense(outputs: head.count)), name: "head", inputs: [x], parameters: [matrix]))
    return NetworkModel(graph, space: .unit(channels: channels))
  }
}

/// The only map of one subject.
func map(
  _ specification: String, _ values: [Float], _ target: Target, of model: NetworkModel
) throws -> Attribution {
  try MethodSpecification(specification).attribute(
    [Subject(values: values, target: target)], on: NetworkSession(model), seed: 0)[0]
}
