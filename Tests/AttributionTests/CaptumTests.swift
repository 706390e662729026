import Networks
import TestSupport
import Testing

@testable import Attribution

/// Maps of three trained networks and five digits against Captum's.
@Suite struct CaptumTests {
  static let methods = [
    ("gradient", "gradient"),
    ("integrated-gradients", "integrated-gradients:steps=50"),
    ("guided-backprop", "guided-backprop"),
    ("deconvolution", "deconvolution"),
    ("deeplift", "deeplift:profile=captum"),
  ]

  @Test(arguments: 0..<3, methods)
  func mapsAreCaptums(_ number: Int, _ method: (name: String, specification: String)) throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[number]
    let maps = try MethodSpecification(method.specification).attribute(
      fixture.subjects(network), on: NetworkSession(network.model), seed: 0)
    let references = try #require(network.maps[method.name])
    for (map, reference) in zip(maps, references) {
      expectClose(map.values, reference.map(Double.init), relative: 1e-4, absolute: 0)
    }
  }

  @Test(arguments: 0..<3) func inputTimesGradientIsThat(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[number]
    let maps = try MethodSpecification("input-x-gradient").attribute(
      fixture.subjects(network), on: NetworkSession(network.model), seed: 0)
    let gradients = try #require(network.maps["gradient"])
    for ((map, gradient), image) in zip(zip(maps, gradients), fixture.images) {
      expectClose(map.values, zip(gradient, image).map { Double($0) * Double($1) })
    }
  }

  @Test(arguments: 0..<3) func gradientShapOfTheSameDrawsIsCaptums(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[number]
    let references = try #require(network.maps["gradient-shap"])
    let context = MethodContext(
      seed: 0, space: .unit(channels: 1), name: "gradient-shap", settings: [],
      baselines: fixture.baselines)
    let subjects = fixture.subjects(network)
    let method = ExpectedGradients(samples: 20, baselines: BaselineSet([.given]))
    let maps = try method.attribute(subjects, on: NetworkSession(network.model), context) {
      subject, _ in
      let draws = network.draws[subjects.firstIndex { $0.key == subject.key } ?? 0]
      return PathDraws(baselines: draws.baselines, positions: draws.positions)
    }
    for (map, reference) in zip(maps, references) {
      expectClose(map.values, reference.map(Double.init), relative: 1e-4, absolute: 0)
    }
  }

  @Test(arguments: 0..<3) func scoresAreTheirs(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[number]
    let scores = NetworkSession(network.model).scores(
      of: fixture.images, targets: network.targets.map { .logit($0) })
    for ((score, logits), target) in zip(zip(scores, network.logits), network.targets) {
      #expect(abs(score - Double(logits[target])) < 1e-4 * max(1, abs(score)))
    }
  }
}
