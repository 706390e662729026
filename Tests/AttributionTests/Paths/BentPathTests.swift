import Attribution
import TestSupport
import Testing

@Suite struct BentPathTests {
  @Test(arguments: ["linear", "square-root"])
  func aBlurredPathAddsUpInTheLimit(_ spacing: String) throws {
    let subjects = TestNetwork.subjects(3)
    let session = NetworkSession(TestNetwork.smooth.model)
    func gap(_ steps: Int) throws -> Double {
      let maps = try MethodSpecification(
        "blur-ig:max-sigma=8:steps=\(steps):spacing=\(spacing)"
      ).attribute(subjects, on: session, seed: 0)
      return try maps.reduce(0) { sum, map in
        sum + abs(map.sum - (try #require(map.record.expected)))
      }
    }
    // The linear path is within rounding of its sum already.
    #expect(try gap(800) < 0.6 * gap(100))
  }

  @Test func withoutRoomAGuidedPathIsStraight() throws {
    let subjects = TestNetwork.subjects(3)
    let session = NetworkSession(TestNetwork.plain.model)
    let guided = try MethodSpecification("guided-ig:max-distance=0:steps=40")
      .attribute(subjects, on: session, seed: 0)
    let straight = try MethodSpecification("integrated-gradients:rule=left:steps=40")
      .attribute(subjects, on: session, seed: 0)
    for (map, reference) in zip(guided, straight) {
      expectClose(map.values, reference.values.map(Double.init), relative: 1e-4)
    }
  }

  @Test(arguments: ["guided-ig", "guided-ig:max-distance=1", "guided-ig:fraction=0"])
  func aGuidedPathArrives(_ specification: String) throws {
    // On a linear network every path adds up.
    let maps = try MethodSpecification(specification).attribute(
      TestNetwork.subjects(3), on: NetworkSession(TestNetwork.linear.model), seed: 0)
    for map in maps {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    }
  }
}
