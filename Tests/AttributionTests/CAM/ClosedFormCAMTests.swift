import Networks
import Tensors
import TestSupport
import Testing

@testable import Attribution

/// Maps that can be calculated by hand: the features are `relu(x)` and `relu(−x)` of four places, the
/// score of class 0 is `mean of (2 relu(x) + relu(−x))`.
@Suite struct ClosedFormCAMTests {
  static let image: [Float] = [1, 0.5, -2, 0]

  static let formulas: [(String, [Double])] = [
    // Weights are the head's, divided by the number of places.
    ("grad-cam", [0.5, 0.25, 0.5, 0]),
    ("hirescam", [0.5, 0.25, 0.5, 0]),
    ("xgrad-cam", [0.5, 0.25, 0.5, 0]),
    ("layer-cam", [0.5, 0.25, 0.5, 0]),
    // Σᵢ g / (2 + g ΣA): 2 / 2.75 with g = 1/2, ΣA = 3/2, and 0.4 with g = 1/4, ΣA = 2.
    ("grad-cam++", [0.727272727, 0.363636364, 0.8, 0]),
    // What the mean loses: 2 · 3/8 and 1/2.
    ("ablation-cam", [0.75, 0.375, 1, 0]),
  ]

  @Test(arguments: formulas)
  func mapsAreTheirFormulas(_ method: String, _ expected: [Double]) throws {
    let map = try map(method, Self.image, .logit(0), of: try PlacesNetwork().model())
    expectClose(map.values, expected, relative: 1e-6)
    #expect(map.record.settings.first == .init("layer", .word("block/relu")))
  }

  @Test func scoreCamWeighsByTheScoresOfMaskedImages() throws {
    // Channel 0 shows (1, 0.25, 0, 0) of the image, channel 1 the place that is −2.
    let scores = [2 * 1.25 / 4, 1 * 2.0 / 4].map { Double($0).exponential }
    let weights = scores.map { $0 / (scores[0] + scores[1]) }
    let map = try map("score-cam", Self.image, .logit(0), of: try PlacesNetwork().model())
    expectClose(
      map.values, [weights[0], 0.5 * weights[0], 2 * weights[1], 0], relative: 1e-5)
  }

  @Test func eigenCamOfOneChannelIsThatChannel() throws {
    let model = try PlacesNetwork(features: [[2], [0]]).model()
    let map = try map("eigen-cam", Self.image, .logit(0), of: model)
    expectClose(map.values, [2, 1, 0, 0], relative: 1e-6)
  }

  @Test func fullGradAddsMagnitudesFromZeroToOne() throws {
    // There are no biases: what is left is |x g| = (1/2, 1/4, 1/2, 0), stretched.
    let map = try map("fullgrad", Self.image, .logit(0), of: try PlacesNetwork().model())
    expectClose(map.values, [1, 0.5, 1, 0], relative: 1e-5)
  }

  @Test func guidedGradCamIsTheProduct() throws {
    let model = try PlacesNetwork().model()
    let guided = try map("guided-backprop", Self.image, .logit(0), of: model)
    let product = try map("guided-grad-cam", Self.image, .logit(0), of: model)
    expectClose(
      product.values, zip(guided.values, [0.5, 0.25, 0.5, 0]).map { Double($0) * $1 })
  }

  @Test func whatSpeaksAgainstIsKeptWithoutRelu() throws {
    let model = try PlacesNetwork().model()
    let signed = try map("grad-cam:relu=false", Self.image, .logit(1), of: model)
    expectClose(signed.values, [-0.25, -0.125, 1.5, 0], relative: 1e-6)
    let kept = try map("grad-cam", Self.image, .logit(1), of: model)
    expectClose(kept.values, [0, 0, 1.5, 0], relative: 1e-6)
  }

  @Test(arguments: ["grad-cam", "xgrad-cam", "hirescam", "ablation-cam"])
  func aContrastIsTheDifferenceOfSignedMaps(_ method: String) throws {
    let model = try PlacesNetwork().model()
    let maps = try [Target.logit(0), .logit(1), .contrast(this: 0, that: 1)].map {
      try map(method + ":relu=false", Self.image, $0, of: model).values
    }
    expectClose(maps[2], zip(maps[0], maps[1]).map { Double($0) - Double($1) }, relative: 1e-6)
  }

  @Test func ablationComputesWhatLeadsPastTheLayerAsWell() throws {
    let model = try PlacesNetwork(features: [[1, 0], [0, 1]], hasSkip: true).model()
    let image: [Float] = [1, 0, 0, 0, 0, 1, 1, 0]
    let map = try map("ablation-cam:layer=features", image, .logit(0), of: model)
    // Without channel 0 the mean loses 2 · 1/4, without channel 1 it loses 2/4.
    let plane = [0.5, 0.5, 0.5, 0]
    expectClose(map.values, (plane + plane).map { $0 / 2 }, relative: 1e-6)
  }

  @Test func channelsOfAMapAddUpToThePlane() throws {
    let model = try PlacesNetwork(features: [[1, 1, 1], [1, 0, -1]]).model()
    let image: [Float] = (0..<12).map { Float($0) / 12 }
    let map = try map("hirescam", image, .logit(0), of: model)
    #expect(map.values[0..<4] == map.values[4..<8] && map.values[0..<4] == map.values[8..<12])
    // Nothing but the mean lies behind the layer, so the places' parts add up to the score.
    let score = NetworkSession(model).scores(of: [image], targets: [.logit(0)])[0]
    #expect(abs(map.sum - score) < 1e-6)
  }

  @Test(arguments: ReferenceCAMTests.methods)
  func nothingToSeeIsFlat(_ method: String) throws {
    let model = try PlacesNetwork(features: [[0], [0]]).model()
    for profile in ["", ":profile=pytorch-grad-cam"] {
      let map = try map(method + profile, [0, 0, 0, 0], .logit(0), of: model)
      #expect(map.isFlat && map.values.allSatisfy { $0 == 0 })
    }
  }
}

extension Double {
  fileprivate var exponential: Double {
    (1...40).reversed().reduce(1) { 1 + self / Double($1) * $0 }
  }
}
