import Attribution
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct DeepLiftTests {
  @Test(arguments: TestNetwork.allCases, ["winners", "running"])
  func mapsAddUpToTheDifferenceOfTheScores(_ network: TestNetwork, _ pooling: String) throws {
    let maps = try MethodSpecification("deeplift:baseline=black+white:pooling=\(pooling)")
      .attribute(
        TestNetwork.subjects(18), on: NetworkSession(network.model), seed: 0)
    for map in maps {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    }
  }

  @Test func onALinearNetworkItIsInputTimesGradient() throws {
    let session = NetworkSession(TestNetwork.linear.model)
    let subjects = TestNetwork.subjects(3)
    let products = try MethodSpecification("input-x-gradient").attribute(
      subjects, on: session, seed: 1)
    let maps = try MethodSpecification("deeplift").attribute(subjects, on: session, seed: 1)
    for (map, product) in zip(maps, products) {
      expectClose(map.values, product.values.map(Double.init), relative: 1e-5)
    }
  }

  @Test func ofARectifierItIsTheShareOfTheChange() throws {
    // relu(x₀ − 1) from 0 to 3: two thirds of each unit of input.
    var graph = Graph()
    let input = try graph.addInput("x", [1, 1, 1])
    let parameters = [
      graph.addParameter(Parameter("w", [1, 1], [1])),
      graph.addParameter(Parameter("b", [1], [-1])),
    ]
    let dense = try graph.add(
      .dense(Dense(outputs: 1)), name: "dense", inputs: [input], parameters: parameters)
    graph.markOutput(
      try graph.add(.pointwise(Pointwise(.relu)), name: "relu", inputs: [dense]))
    let model = NetworkModel(graph, space: .unit(channels: 1))
    let map = try MethodSpecification("deeplift").attribute(
      [Subject(values: [3], target: .logit(0))], on: NetworkSession(model), seed: 0)[0]
    expectClose(map.values, [2])
  }

  @Test(arguments: ["deeplift", "integrated-gradients:exact=true"])
  func whatStandsBehindTheLogitsIsNotInTheWay(_ method: String) throws {
    let plain = TestNetwork.plain.model
    var graph = plain.graph
    try graph.add(.softmax(Softmax(axis: 0)), name: "shares", inputs: [plain.logits])
    let model = NetworkModel(graph, logits: plain.logits, space: .unit(channels: 1))
    let maps = try [plain, model].map {
      try MethodSpecification(method).attribute(
        TestNetwork.subjects(1), on: NetworkSession($0), seed: 0)[0]
    }
    #expect(maps[0].values == maps[1].values)
  }

  @Test func aLayerWithoutMultipliersIsNamed() throws {
    var graph = Graph()
    let input = try graph.addInput("x", [1, 1, 3])
    graph.markOutput(
      try graph.add(.softmax(Softmax(axis: 2)), name: "shares", inputs: [input]))
    let model = NetworkModel(graph, space: .unit(channels: 1))
    #expect(
      throws: MethodError.unsupportedNode(
        method: "deeplift", node: "shares", operation: "softmax")
    ) {
      try MethodSpecification("deeplift").attribute(
        [Subject(values: [1, 2, 3], target: .logit(0))], on: NetworkSession(model), seed: 0)
    }
  }
}
