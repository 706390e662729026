import Networks
import Tensors
import Testing

@testable import Attribution

@Suite struct SpatialLayerTests {
  /// Convolution, ReLU, tokens mixed by a product of matrices, dense.
  private static let attention: NetworkModel = {
    var graph = Graph()
    do {
      let input = try graph.addInput("image", [1, 4, 4])
      let weight = graph.addParameter(Parameter("w", [4, 1, 1, 1], [1, 2, 3, 4]))
      var x = try graph.add(
        .convolution(Convolution(outputChannels: 4, kernel: 1)), name: "/stem/conv/Conv",
        inputs: [input], parameters: [weight], output: "stem_output")
      x = try graph.add(.pointwise(Pointwise(.relu)), name: "/stem/act/Relu", inputs: [x])
      let tokens = try graph.add(.reshape(Reshape(to: [2, 2, 16])), name: "tokens", inputs: [x])
      let soft = try graph.add(.pointwise(Pointwise(.tanh)), name: "soft", inputs: [tokens])
      let matrix = graph.addParameter(
        Parameter("m", [2, 64], (0..<128).map { Float($0 % 7) - 3 }))
      graph.markOutput(
        try graph.add(
          .dense(Dense(outputs: 2)), name: "head", inputs: [soft], parameters: [matrix]))
    } catch {
      preconditionFailure("\(error)")
    }
    return NetworkModel(graph, space: .unit(channels: 1))
  }()

  @Test func valuesThatOnlyLookLikePlanesAreNone() {
    #expect(Self.attention.spatialLayers.map(\.name) == ["/stem/conv/Conv", "/stem/act/Relu"])
  }

  @Test(
    arguments: [
      (nil, "/stem/act/Relu"), ("stem_output", "/stem/conv/Conv"), ("conv", "/stem/conv/Conv"),
      ("stem", "/stem/act/Relu"), ("/stem/conv/Conv", "/stem/conv/Conv"),
    ] as [(String?, String)])
  func layersAreFoundByValueNodeAndPart(_ name: String?, _ expected: String) throws {
    #expect(
      try Self.attention.spatialLayer(named: name, method: "grad-cam").name == expected)
  }

  @Test func wrongLayersAreNamed() {
    #expect(throws: MethodError.notSpatial(method: "grad-cam", layer: "soft")) {
      try map("grad-cam:layer=soft", Array(repeating: 1, count: 16), .logit(0), of: Self.attention)
    }
    #expect(
      throws: MethodError.unknownLayer(
        method: "score-cam", layer: "stam", known: ["/stem/conv/Conv", "/stem/act/Relu"])
    ) {
      try map("score-cam:layer=stam", Array(repeating: 1, count: 16), .logit(0), of: Self.attention)
    }
  }

  @Test func theBundledFixturesLookAtTheirLastPooling() throws {
    let names = try GradientFixture.loaded.get().networks.map { $0.model.spatialLayers.last?.name }
    #expect(names == ["second.relu.pool", "average", "average"])
  }
}
