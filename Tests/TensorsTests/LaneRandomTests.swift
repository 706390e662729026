import Tensors
import Testing

@Suite struct LaneRandomTests {
  /// The numbers of each lane.
  private func normals(key: UInt64 = 3, first: Int, count: Int = 4001) -> [[Float]] {
    let lanes = Lanes([count])
    return withExtendedLifetime(lanes) {
      LaneRandom(seed: 11, key: key, first: first).fillNormal(lanes.mutableView)
      return (0..<laneCount).map { lanes.view.sample($0) }
    }
  }

  @Test func momentsAreThoseOfTheNormalDistribution() {
    let lanes = normals(first: 0)
    for values in lanes.map({ $0.map(Double.init) }) {
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let variance = values.reduce(0) { $0 + $1 * $1 } / n
      let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
      #expect(abs(mean) < 4 / n.squareRoot())
      #expect(abs(variance - 1) < 4 * (2 / n).squareRoot())
      #expect(abs(fourth - 3) < 4 * (96 / n).squareRoot())
    }
  }

  @Test func theDistributionFunctionIsThatOfTheNormalDistribution() {
    let values = normals(first: 0).flatMap { $0 }.sorted()
    for (quantile, share) in [
      (-2.326348, 0.01), (-1.281552, 0.1), (-0.674490, 0.25), (0, 0.5), (0.674490, 0.75),
      (1.281552, 0.9), (2.326348, 0.99),
    ] {
      let below = values.prefix { Double($0) < quantile }.count
      let deviation = (share * (1 - share) / Double(values.count)).squareRoot()
      #expect(abs(Double(below) / Double(values.count) - share) < 4 * deviation)
    }
  }

  @Test func aSampleHasTheSameNumbersInWhateverLane() {
    let (a, b) = (normals(first: 16, count: 9), normals(first: 21, count: 9))
    for lane in 0..<11 { #expect(a[lane + 5] == b[lane]) }
  }

  @Test(arguments: [0, 0.3, 0.8, 1] as [Float])
  func elementsAreChosenWhereEachSamplesOwnStreamIsBelow(_ probability: Float) {
    let lanes = Lanes([1001])
    LaneRandom(seed: 7, stream: 5, first: 21)
      .fill(lanes.mutableView, with: 2.5, probability: probability)
    for lane in 0..<laneCount {
      var random = CounterRandom(seed: 7, 5, UInt32(21 + lane))
      let expected = (0..<1001).map { _ in random.uniform() < probability ? 2.5 : 0 as Float }
      #expect(lanes.view.sample(lane) == expected)
    }
    withExtendedLifetime(lanes) {}
  }

  @Test func samplesAndKeysAndElementsAreUncorrelated() {
    func correlation(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } / Double(a.count)
    }
    let lanes = normals(first: 0)
    let other = normals(key: 4, first: 0)
    let bound = 4.5 / 4001.0.squareRoot()
    for lane in 0..<laneCount {
      let values = lanes[lane]
      #expect(abs(correlation(values, lanes[(lane + 1) % laneCount])) < bound)
      #expect(abs(correlation(values, other[lane])) < bound)
      for distance in 1...4 {
        #expect(abs(correlation(Array(values.dropFirst(distance)), values)) < bound)
      }
    }
  }
}
