import Attribution
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct ExactIntegratedGradientsTests {
  private static let specification = "integrated-gradients:exact=true"

  private func maps(
    _ subjects: [Subject], _ model: NetworkModel, _ specification: String = specification,
    workers: Workers? = nil
  ) throws -> [Attribution] {
    try MethodSpecification(specification).attribute(
      subjects, on: NetworkSession(model, workers: workers), seed: 0)
  }

  @Test(arguments: 0..<3) func mapsAreThoseOfEveryPieceInDoublePrecision(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let paths = try PathFixture.loaded.get()
    let network = fixture.networks[number]
    for (map, reference) in zip(
      try maps(fixture.subjects(network), network.model), paths.networks[number].exact)
    {
      #expect(relativeError(map, reference) < 1e-5)
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-5 * abs(expected))
    }
  }

  @Test(arguments: 0..<3) func aContrastIsTheDifferenceOfTwoMaps(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let model = fixture.networks[number].model
    let image = fixture.images[1]
    let targets = [Target.logit(4), .logit(9), .contrast(this: 4, that: 9)]
    let maps = try maps(targets.map { Subject(values: image, target: $0) }, model)
    expectClose(
      maps[2].values, zip(maps[0].values, maps[1].values).map { Double($0) - Double($1) },
      relative: 1e-5)
  }

  @Test func everythingThatIsLinearInPiecesHasPieces() throws {
    let model = try BentNetwork.model()
    let subjects = TestNetwork.subjects(3)
    let dense = try maps(
      subjects, model, "integrated-gradients:steps=20000:rule=midpoint:baseline=white")
    let exact = try maps(subjects, model, Self.specification + ":baseline=white")
    for (map, reference) in zip(exact, dense) {
      // The dense rule errs by about a part in ten thousand.
      #expect(relativeError(map, reference.values) < 1e-3)
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-5 * max(1, abs(expected)))
      let pieces = try #require(map.record.measurements.first { $0.name == "pieces" })
      #expect(pieces.value > 100)
    }
  }

  @Test func aLinearNetworkIsOnePiece() throws {
    let model = TestNetwork.linear.model
    let subjects = TestNetwork.subjects(2)
    let products = try maps(subjects, model, "input-x-gradient")
    for (map, product) in zip(try maps(subjects, model), products) {
      expectClose(map.values, product.values.map(Double.init), relative: 1e-5)
      #expect(map.record.measurements.first?.value == 1)
    }
  }

  @Test func theSameBytesAtAnyThreadCount() throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[1]
    let subjects = Array(fixture.subjects(network).prefix(2))
    let maps = try maps(subjects, network.model)
    let threaded = try self.maps(subjects, network.model, workers: Workers(count: 3))
    #expect(maps.map(\.values) == threaded.map(\.values))
  }

  @Test func whatIsCurvedIsNamed() throws {
    #expect(
      throws: MethodError.impossible(
        method: "integrated-gradients", setting: "exact",
        reason: .notPiecewiseLinear(node: "pointwise3"))
    ) { try maps(TestNetwork.subjects(1), TestNetwork.smooth.model) }
  }

  @Test func aProbabilityIsCurvedAsWell() throws {
    let subject = Subject(values: TestNetwork.image(0), target: .probability(1, .softmax))
    #expect(
      throws: MethodError.unsupportedTarget(
        method: "integrated-gradients", target: .probability(1, .softmax))
    ) { try maps([subject], TestNetwork.plain.model) }
  }

  @Test func itGivesUpWhenThereAreTooManyPieces() throws {
    #expect(
      throws: MethodError.impossible(
        method: "integrated-gradients", setting: "pieces", reason: .tooFew(20))
    ) {
      try maps(TestNetwork.subjects(1), TestNetwork.plain.model, Self.specification + ":pieces=20")
    }
  }

  @Test func stepsAndExactExcludeEachOther() {
    #expect(throws: MethodError.self) {
      try MethodSpecification(Self.specification + ":steps=50")
    }
  }
}

/// `Σ |a − b| / Σ |b|`
func relativeError(_ map: Attribution, _ reference: [Float]) -> Double {
  let difference = zip(map.values, reference).reduce(0.0) { $0 + abs(Double($1.0) - Double($1.1)) }
  return difference / reference.reduce(0.0) { $0 + abs(Double($1)) }
}
