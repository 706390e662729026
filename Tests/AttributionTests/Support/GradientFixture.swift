import Attribution
import FoundationEssentials
import Networks
import Tensors
import TestSupport

/// The trained networks and maps of fixtures/reference/attribution.
struct GradientFixture: Sendable {
  let images: [[Float]]
  let baselines: [[Float]]
  let networks: [Network]

  struct Network: Sendable {
    let name: String
    let model: NetworkModel
    let targets: [Int]
    let logits: [[Float]]
    let maps: [String: [[Float]]]
    let draws: [Draws]
  }

  struct Draws: Decodable, Sendable {
    let positions: [Float]
    let baselines: [Int]
  }

  static let loaded = Result { try GradientFixture() }

  private typealias Place = FixtureNumbers.Place

  private struct File: Decodable {
    let images: Place
    let baselines: Place
    let networks: [Entry]

    struct Entry: Decodable {
      let name: String
      let parameters: [String: Place]
      let targets: [Int]
      let logits: Place
      let maps: [String: Place]
      let draws: [Draws]
    }
  }

  private init() throws {
    let file = try JSONDecoder().decode(
      File.self, from: try Fixtures.data("reference/attribution/gradients.json"))
    let numbers = try FixtureNumbers("reference/attribution/gradients.bin")
    images = numbers.rows(file.images)
    baselines = numbers.rows(file.baselines)
    networks = try file.networks.map { entry in
      var builder = FixtureGraph(
        parameters: entry.parameters.mapValues {
          Parameter("", Shape($0.shape), numbers.floats($0))
        })
      try builder.build(entry.name)
      return Network(
        name: entry.name, model: NetworkModel(builder.graph, space: .unit(channels: 1)),
        targets: entry.targets, logits: numbers.rows(entry.logits),
        maps: entry.maps.mapValues(numbers.rows),
        draws: entry.draws)
    }
  }

  /// All images with the network's own answers as targets.
  func subjects(_ network: Network) -> [Subject] {
    zip(images, network.targets).map { Subject(values: $0, target: .logit($1)) }
  }
}

/// Builds the fixture's networks of their parameters.
private struct FixtureGraph {
  let parameters: [String: Parameter]
  var graph = Graph()

  mutating func build(_ name: String) throws {
    let input = try graph.addInput("image", [1, 20, 20])
    var x = input
    switch name {
    case "plain":
      x = try pool(try relu(try convolution("first", x, 6, kernel: 5)))
      x = try pool(try relu(try convolution("second", x, 12, kernel: 5)))
    case "residual":
      x = try relu(try normalized("stem", x, stride: 2))
      let y = try relu(try normalized("a1", x))
      let z = try normalized("a2", y)
      x = try relu(
        try graph.add(.arithmetic(Arithmetic(.add)), name: "sum", inputs: [x, z]))
      x = try average(x)
    default:
      let clip = PointwiseKind.clippedReLU(low: 0, high: 6)
      x = try relu(try convolution("stem", x, 8, kernel: 3, stride: 2), clip)
      x = try relu(try convolution("depthwise", x, 8, kernel: 3, groups: 8), clip)
      x = try relu(try convolution("pointwise", x, 16, kernel: 1), clip)
      x = try average(x)
    }
    graph.markOutput(
      try graph.add(
        .dense(Dense(outputs: 10)), name: "dense", inputs: [x],
        parameters: [add("dense.weight"), add("dense.bias")]))
  }

  private mutating func add(_ name: String) -> Graph.ParameterID {
    guard let parameter = parameters[name] else { preconditionFailure("no parameter \(name)") }
    return graph.addParameter(Parameter(name, parameter.shape, parameter.values))
  }

  private mutating func convolution(
    _ name: String, _ x: Graph.ValueID, _ channels: Int, kernel: Int, stride: Int = 1,
    groups: Int = 1
  ) throws -> Graph.ValueID {
    var ids = [add(name + ".weight")]
    if parameters[name + ".bias"] != nil { ids.append(add(name + ".bias")) }
    return try graph.add(
      .convolution(
        Convolution(
          outputChannels: channels, kernel: kernel, stride: stride, padding: kernel / 2,
          groups: groups)),
      name: name, inputs: [x], parameters: ids)
  }

  private mutating func normalized(
    _ name: String, _ x: Graph.ValueID, stride: Int = 1
  ) throws -> Graph.ValueID {
    let y = try convolution(name, x, 8, kernel: 3, stride: stride)
    let ids = ["weight", "bias", "running_mean", "running_var"].map { add(name + "Norm." + $0) }
    return try graph.add(
      .batchNormalization(BatchNormalization()), name: name + "Norm", inputs: [y], parameters: ids)
  }

  private mutating func relu(
    _ x: Graph.ValueID, _ kind: PointwiseKind = .relu
  ) throws -> Graph.ValueID {
    try graph.add(.pointwise(Pointwise(kind)), name: graph[x].name + ".relu", inputs: [x])
  }

  private mutating func pool(_ x: Graph.ValueID) throws -> Graph.ValueID {
    try graph.add(.maxPooling(MaxPooling(.square(2))), name: graph[x].name + ".pool", inputs: [x])
  }

  private mutating func average(_ x: Graph.ValueID) throws -> Graph.ValueID {
    try graph.add(
      .averagePooling(AveragePooling(.square(2), countsPadding: false)), name: "average",
      inputs: [x])
  }
}
