import Attribution
import Tensors
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

  @Test(
    arguments: MethodCatalogue.all.filter { $0.completeness == .differenceFromBaseline }.map(\.name)
  )
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
