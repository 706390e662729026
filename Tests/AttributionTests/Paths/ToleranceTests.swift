import Attribution
import Networks
import Testing

/// The tolerance of integrated gradients on trained networks: 105 pairs of a network's score and an
/// image, against 4,096 points in double precision.
@Suite struct ToleranceTests {
  @Test(arguments: [0.01, 0.03]) func theToleranceAndTheReportedErrorAreHonest(
    _ tolerance: Double
  ) throws {
    let fixture = try GradientFixture.loaded.get()
    let paths = try PathFixture.loaded.get()
    var (pairs, tooLarge, underestimated) = (0, 0, 0)
    for (network, reference) in zip(fixture.networks, paths.networks) {
      let subjects = fixture.images.flatMap { image in
        paths.classes.map { Subject(values: image, target: .logit($0)) }
      }
      let maps = try MethodSpecification("integrated-gradients:tolerance=\(tolerance)")
        .attribute(subjects, on: NetworkSession(network.model), seed: 0)
      #expect(maps.count == reference.dense.count)
      for (map, dense) in zip(maps, reference.dense) {
        let error = relativeError(map, dense)
        let reported = try #require(map.record.residual)
        pairs += 1
        if error > tolerance { tooLarge += 1 }
        // The dense rule itself is right to about 1e-4.
        if error > reported + 1e-4 { underestimated += 1 }
      }
    }
    #expect(pairs == 105)
    #expect(tooLarge <= 1)
    #expect(underestimated == 0)
  }

  @Test func singlePrecisionIsEnoughForFourThousandPoints() throws {
    let fixture = try GradientFixture.loaded.get()
    let paths = try PathFixture.loaded.get()
    for (network, reference) in zip(fixture.networks, paths.networks) {
      let subjects = paths.classes.map {
        Subject(values: fixture.images[2], target: .logit($0))
      }
      let maps = try MethodSpecification("integrated-gradients:steps=4096:rule=midpoint")
        .attribute(subjects, on: NetworkSession(network.model), seed: 0)
      for (map, dense) in zip(maps, reference.dense[14..<21]) {
        #expect(relativeError(map, dense) < 2e-5)
      }
    }
  }
}
