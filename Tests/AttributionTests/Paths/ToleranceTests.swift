import Networks
import Testing

@testable import Attribution

/// The tolerance of integrated gradients on trained networks: 105 pairs of a network's score and an
/// image, against 4,096 points.
@Suite struct ToleranceTests {
  @Test func theToleranceAndTheReportedErrorAreHonest() throws {
    let fixture = try GradientFixture.loaded.get()
    var (tooLarge, underestimated) = (0, 0)
    for network in fixture.networks {
      let session = NetworkSession(network.model)
      let subjects = fixture.images.flatMap { image in
        [0, 1, 2, 4, 5, 7, 9].map { Subject(values: image, target: .logit($0)) }
      }
      let dense = try MethodSpecification("integrated-gradients:steps=4096:rule=midpoint")
        .attribute(subjects, on: session, seed: 0)
      let maps = try MethodSpecification("integrated-gradients")
        .attribute(subjects, on: session, seed: 0)
      for (map, reference) in zip(maps, dense) {
        let difference = zip(map.values, reference.values).reduce(0.0) {
          $0 + abs(Double($1.0) - Double($1.1))
        }
        let error = difference / reference.values.reduce(0.0) { $0 + abs(Double($1)) }
        let reported = try #require(map.record.residual)
        if error > 0.01 { tooLarge += 1 }
        if error > reported + 1e-4 { underestimated += 1 }
      }
    }
    #expect(tooLarge <= 1)
    #expect(underestimated == 0)
  }
}
