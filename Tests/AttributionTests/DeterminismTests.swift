import Attribution
import Networks
import Tensors
import TestSupport
import Testing

/// What every method of the catalogue promises: a map is a function of the image, the settings and
/// the seed.
@Suite struct DeterminismTests {
  static let methods = MethodCatalogue.all.map(\.name)

  @Test(arguments: methods)
  func aMapHasTheSameBytesAloneInABatchAndAtAnyThreadCount(_ name: String) throws {
    let specification = try MethodSpecification(name)
    let model = TestNetwork.plain.model
    let subjects = TestNetwork.subjects(19)
    let together = try specification.attribute(subjects, on: NetworkSession(model), seed: 7)
    #expect(together.count == subjects.count)
    let threaded = try specification.attribute(
      subjects, on: NetworkSession(model, workers: Workers(count: 3)), seed: 7)
    for (map, other) in zip(together, threaded) { #expect(map.values == other.values) }
    for number in [0, 7, 18] {
      let alone = try specification.attribute(
        [subjects[number]], on: NetworkSession(model), seed: 7)
      #expect(alone.first?.values == together[number].values)
      #expect(alone.first?.record.residual == together[number].record.residual)
    }
  }

  /// All plans of a session run in the same memory and share packed weights.
  @Test func methodsThatFollowEachOtherInASessionDoNotDisturbEachOther() throws {
    let session = NetworkSession(TestNetwork.plain.model, workers: Workers(count: 2))
    let subjects = TestNetwork.subjects(3)
    for name in Self.methods + Self.methods.reversed() {
      let specification = try MethodSpecification(name)
      let maps = try specification.attribute(subjects, on: session, seed: 7)
      let alone = try specification.attribute(
        subjects, on: NetworkSession(TestNetwork.plain.model), seed: 7)
      for (map, other) in zip(maps, alone) { #expect(map.values == other.values, "\(name)") }
    }
  }

  @Test func aSessionHoldsTheMemoryOfItsLargestPlanUntilItIsReleased() throws {
    let session = NetworkSession(TestNetwork.plain.model)
    let subjects = TestNetwork.subjects(2)
    func explain(_ name: String) throws -> [[Float]] {
      try MethodSpecification(name).attribute(subjects, on: session, seed: 7).map(\.values)
    }
    let map = try explain("gradient")
    let bytes = session.workingBytes
    _ = try explain("rise")
    #expect(bytes > 0 && session.workingBytes == bytes)
    session.releaseMemory()
    #expect(session.workingBytes == 0)
    #expect(try explain("gradient") == map)
  }

  /// What a plan touched is not fetched from the system again.
  @Test func onlyMemoryThatIsTooSmallIsReplaced() throws {
    let model = TestNetwork.plain.model
    let (layer, rectifier) = (model.graph.nodes[0], model.graph.nodes[1])
    // A ReLU needs nothing to work in.
    let small = PlanRequest(provided: [layer.output], outputs: [rectifier.output])
    let whole = PlanRequest(model.graph)
    let scratch = try [small, whole].map { try Plan(model.graph, $0).scratchCount }
    #expect(scratch[0] < scratch[1])
    let session = NetworkSession(model)
    session.forEachGroup(1, small) { workspace, _, _ in
      workspace[layer.output].fill(Vector(repeating: 7))
    } read: { _, _ in
    }
    session.forEachGroup(1, whole) { _, _, _ in
    } read: { _, _ in
    }
    var found: [Float] = []
    session.forEachGroup(1, small) { _, _, _ in
    } read: { workspace, _ in
      found = workspace[layer.output].readOnly.sample(3)
    }
    #expect(!found.isEmpty && found.allSatisfy { $0 == 7 })
  }

  /// Why 2 and not 0. For the methods that are linear in the score it is the difference of two maps.
  @Test(
    arguments: [
      "gradient", "input-x-gradient", "integrated-gradients:steps=50",
      "integrated-gradients:exact=true", "blur-ig:steps=20", "smoothgrad", "expected-gradients",
      "gradient-shap", "deeplift", "deeplift-shap",
    ])
  func aContrastIsTheDifferenceOfTwoMaps(_ name: String) throws {
    let specification = try MethodSpecification(name)
    let image = TestNetwork.image(5)
    let maps = try specification.attribute(
      [Target.logit(2), .logit(0), .contrast(this: 2, that: 0)].map {
        Subject(values: image, target: $0)
      }, on: NetworkSession(TestNetwork.plain.model), seed: 3)
    let difference = zip(maps[0].values, maps[1].values).map { Double($0) - Double($1) }
    expectClose(maps[2].values, difference, relative: 2e-5)
  }

  @Test(arguments: methods)
  func aContrastHasAMapInEveryMethod(_ name: String) throws {
    let target = Target.contrast(this: 2, that: 0)
    let maps = try MethodSpecification(name).attribute(
      (0..<8).map { Subject(values: TestNetwork.image($0), target: target) },
      on: NetworkSession(TestNetwork.plain.model), seed: 3)
    #expect(maps.allSatisfy { $0.record.target == target })
    // Maps without negative values are flat where nothing speaks for the first class.
    #expect(maps.contains { !$0.isFlat })
  }

  @Test(arguments: methods)
  func recordsNameTheMethodTheTargetAndTheCost(_ name: String) throws {
    let specification = try MethodSpecification(name)
    let subject = TestNetwork.subjects(2)[1]
    let map = try specification.attribute(
      [subject], on: NetworkSession(TestNetwork.plain.model), seed: 3)[0]
    #expect(map.record.method == name)
    #expect(map.record.target == subject.target)
    #expect(map.record.seed == 3)
    #expect(map.shape == TestNetwork.inputShape)
    #expect(map.values.allSatisfy { $0.isFinite })
  }

  /// The complete methods that compare with a baseline of choice.
  static let compared = MethodCatalogue.all.filter { method in
    method.completeness == .differenceFromBaseline
      && method.settings.contains { $0.name == "baseline" }
  }

  @Test(arguments: compared.map(\.name))
  func completeMethodsSayWhatTheirMapsAddUpTo(_ name: String) throws {
    let description = try MethodCatalogue.description(named: name)
    let hasBaseline = description.settings.contains { $0.name == "baseline" }
    let specification = try MethodSpecification(name + (hasBaseline ? ":baseline=black" : ""))
    let model = TestNetwork.plain.model
    for map in try specification.attribute(
      TestNetwork.subjects(4), on: NetworkSession(model), seed: 3)
    {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 0.2 * max(1, abs(expected)))
    }
  }
}
