import Attribution
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct LRPTests {
  static let specifications = [
    "composite=epsilon", "composite=epsilon-plus", "composite=epsilon-plus-flat",
    "composite=epsilon-alpha2-beta1", "composite=epsilon-gamma-box",
    "first=w-square:convolution=gamma:dense=z-plus",
    "first=flat:convolution=alpha-beta:alpha=1:dense=gamma",
  ]

  /// Three trained networks and five digits.
  @Test(arguments: 0..<3, specifications)
  func mapsAreZennits(_ number: Int, _ specification: String) throws {
    let network = try GradientFixture.loaded.get().networks[number]
    let name = specification.replacing("composite=", with: "")
    try expectMaps(
      "lrp:" + specification, of: network,
      are: try InsideFixture.loaded.get().relevance[network.name]?[name], within: 1e-4)
  }

  /// Without biases nothing is lost on the way.
  @Test(arguments: specifications) func relevanceAddsUpToTheScore(_ specification: String) throws {
    let model = try PlacesNetwork(features: [[1, 2, -1], [-1, 3, 1]]).model()
    let image: [Float] = (0..<12).map { Float($0 % 5) / 5 + 0.1 }
    for target in [Target.logit(0), .logit(1), .contrast(this: 0, that: 1)] {
      let map = try map("lrp:epsilon=1e-9:" + specification, image, target, of: model)
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * abs(expected))
    }
  }

  @Test func epsilonOnALinearNetworkIsInputTimesGradient() throws {
    let model = try PlacesNetwork(features: [[1, 2, -1], [-1, 3, 1]], rectifies: false).model()
    let image: [Float] = (0..<12).map { Float($0 % 5) / 5 + 0.1 }
    let plain = try map("input-x-gradient", image, .logit(0), of: model)
    let relevance = try map("lrp:composite=epsilon", image, .logit(0), of: model)
    expectClose(relevance.values, plain.values.map(Double.init), relative: 1e-4)
  }

  /// Of the inputs 1 and 1, whose weights are 3 and −2.
  static let definitions: [(String, [Double])] = [
    ("epsilon", [3, -2]),
    ("z-plus", [1, 0]),
    ("alpha-beta:alpha=2", [2, -1]),
    // 6 and −2 of 4.
    ("gamma:gamma=1", [1.5, -0.5]),
    ("w-square", [0.692307692, 0.307692308]),
    ("flat", [0.5, 0.5]),
    // x w − h w⁻ with h = 2: 3 and −2 + 4.
    ("z-box", [0.6, 0.4]),
  ]

  @Test(arguments: definitions)
  func rulesShareAsDefined(_ rule: String, _ expected: [Double]) throws {
    let model = try Self.dense([3, -2], space: InputSpace(black: [0], white: [2]))
    let map = try map("lrp:first=" + rule, [1, 1], .logit(0), of: model)
    expectClose(map.values, expected, relative: 1e-5)
  }

  @Test func biasesAndTheStabiliserTakeTheirPart() throws {
    let model = try Self.dense([3, -2], bias: 1)
    let plain = try map("lrp:composite=epsilon", [1, 1], .logit(0), of: model)
    expectClose(plain.values, [3, -2], relative: 1e-5)
    let absorbed = try map("lrp:composite=epsilon:epsilon=2", [1, 1], .logit(0), of: model)
    expectClose(absorbed.values, [1.5, -1], relative: 1e-5)
  }

  @Test func aContrastIsTheDifferenceOfMaps() throws {
    let model = TestNetwork.plain.model
    let maps = try [Target.logit(0), .logit(1), .contrast(this: 0, that: 1)].map {
      try map("lrp", TestNetwork.image(2), $0, of: model).values
    }
    expectClose(maps[2], zip(maps[0], maps[1]).map { Double($0) - Double($1) })
  }

  @Test func aGatedSignalTakesAll() throws {
    let map = try map(
      "lrp:composite=epsilon", [2, -1], .logit(0), of: try Self.product(gated: true))
    // 2 σ(2) − 1 σ(−1), each share the signal's.
    let gates = [2, -1].map { 1 / (1 + Double($0).exponential) }
    expectClose(map.values, [2 * (1 - gates[0]), -1 * (1 - gates[1])], relative: 1e-5)
  }

  @Test func whatHasNoRuleIsRefusedByName() throws {
    let model = try Self.product(gated: false)
    let expected = MethodError.unsupportedNode(
      method: "lrp", node: "product", operation: "multiply")
    #expect(throws: expected) { try map("lrp", [1, 1], .logit(0), of: model) }
    #expect(throws: expected) {
      try MethodSpecification("lrp").check(model, explaining: .logit(0))
    }
    #expect(
      throws: MethodError.unsupportedTarget(method: "lrp", target: .probability(0, .softmax))
    ) {
      try map("lrp", [1, 1], .probability(0, .softmax), of: try Self.dense([1, 1]))
    }
  }

  private static func dense(
    _ weights: [Float], bias: Float? = nil, space: InputSpace = .unit(channels: 1)
  ) throws -> NetworkModel {
    var graph = Graph()
    let input = try graph.addInput("x", [1, 1, weights.count])
    var parameters = [graph.addParameter(Parameter("w", [1, weights.count], weights))]
    if let bias { parameters.append(graph.addParameter(Parameter("b", [1], [bias]))) }
    graph.markOutput(
      try graph.add(
        .dense(Dense(outputs: 1)), name: "dense", inputs: [input], parameters: parameters))
    return NetworkModel(graph, space: space)
  }

  /// The sum of `x · σ(x)`, or of `x · tanh(x)`.
  private static func product(gated: Bool) throws -> NetworkModel {
    var graph = Graph()
    let input = try graph.addInput("x", [1, 1, 2])
    let other = try graph.add(
      .pointwise(Pointwise(gated ? .sigmoid : .tanh)), name: "other", inputs: [input])
    let product = try graph.add(
      .arithmetic(Arithmetic(.multiply)), name: "product", inputs: [input, other])
    let weight = graph.addParameter(Parameter("w", [1, 2], [1, 1]))
    graph.markOutput(
      try graph.add(
        .dense(Dense(outputs: 1)), name: "dense", inputs: [product], parameters: [weight]))
    return NetworkModel(graph, space: .unit(channels: 1))
  }
}

extension Double {
  fileprivate var exponential: Double {
    let small = (1...30).reversed().reduce(1) { 1 + self / 8 / Double($1) * $0 }
    return (0..<3).reduce(small) { value, _ in value * value }
  }
}
