import Attribution
import Networks
import TestSupport
import Testing

/// Maps of three trained networks and five digits against those of PAIR saliency.
@Suite struct PairTests {
  @Test(arguments: 0..<3) func blurredPathsAreTheirs(_ number: Int) throws {
    try expectSame("blur-ig", number, \.blurred)
  }

  @Test(arguments: 0..<3) func guidedPathsAreTheirs(_ number: Int) throws {
    try expectSame("guided-ig", number, \.guided)
  }

  private func expectSame(
    _ specification: String, _ number: Int, _ maps: KeyPath<PathFixture.Network, [[Float]]>
  ) throws {
    let fixture = try GradientFixture.loaded.get()
    let references = try PathFixture.loaded.get().networks[number][keyPath: maps]
    let network = fixture.networks[number]
    let maps = try MethodSpecification(specification).attribute(
      fixture.subjects(network), on: NetworkSession(network.model), seed: 0)
    #expect(maps.count == references.count)
    for (map, reference) in zip(maps, references) {
      expectClose(map.values, reference.map(Double.init), relative: 1e-3, absolute: 0)
    }
  }
}
