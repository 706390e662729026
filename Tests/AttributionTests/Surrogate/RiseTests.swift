import Tensors
import Testing

@testable import Attribution

@Suite struct RiseTests {
  static func map(_ method: Rise, weights: [Double], seed: UInt64) throws -> Attribution {
    let model = ToyModel([1, 4, 4]) { x in
      [zip(weights, x).reduce(3) { $0 + $1.0 * $1.1 } + x[5] * x[10]]
    } gradients: {
      [$0]
    }
    let subject = Subject(values: Array(repeating: 1, count: 16), target: .logit(0))
    return try method.attribute([subject], on: model, context: .unit("rise", seed: seed))[0]
  }

  static let weights = (0..<16).map { $0 == 0 ? 8.0 : Double($0 % 3) - 1 }

  @Test func whatMattersIsBrightest() throws {
    let map = try Self.map(
      Rise(rule: StoppingRule(samples: 4000), cells: 4), weights: Self.weights, seed: 1)
    #expect(map.values.indices.max { map.values[$0] < map.values[$1] } == 0)
  }

  @Test func aConstantScoreMakesNoDifference() throws {
    let map = try Rise(rule: StoppingRule(samples: 100), cells: 2).attribute(
      [Subject(values: [1, 2, 3, 4], target: .logit(0))],
      on: ToyModel([1, 2, 2], logits: { _ in [5] }, gradients: { [$0] }), context: .unit("rise"))[0]
    for value in map.values { #expect(abs(value) < 1e-5) }
    let paper = try Rise(rule: StoppingRule(samples: 100), cells: 2, form: .paper).attribute(
      [Subject(values: [1, 2, 3, 4], target: .logit(0))],
      on: ToyModel([1, 2, 2], logits: { _ in [5] }, gradients: { [$0] }), context: .unit("rise"))[0]
    for value in paper.values { #expect(value > 2) }
  }

  @Test func aPrecisionIsReachedWithNoMoreMasksThanItTakes() throws {
    let map = try Self.map(
      Rise(rule: StoppingRule(samples: 100_000, precision: 0.1), cells: 4), weights: Self.weights,
      seed: 1)
    let reached = Dictionary(
      uniqueKeysWithValues: map.record.measurements.map { ($0.name, $0.value) })
    #expect(try #require(reached["half-width"]) <= 0.1)
    #expect(map.record.forwardEvaluations < 20_000)
    #expect(map.record.settings.contains(.init("samples", .integer(map.record.forwardEvaluations))))
    // The rounds leave no trace: so many masks at once give the same map.
    let rule = StoppingRule(samples: map.record.forwardEvaluations)
    #expect(
      try Self.map(Rise(rule: rule, cells: 4), weights: Self.weights, seed: 1).record.measurements
        .first { $0.name == "half-width" }?.value == reached["half-width"])
  }

  @Test(arguments: Rise.Form.allCases)
  func ninetyFivePercentIntervalsCoverTheMeanOfAllSeedsInThatManyCases(_ form: Rise.Form) throws {
    let maps = try (0..<1000).map {
      try Self.map(
        Rise(rule: StoppingRule(samples: 150), cells: 2, form: form), weights: Self.weights,
        seed: UInt64($0))
    }
    let means = (0..<16).map { pixel in
      maps.reduce(0) { $0 + Double($1.values[pixel]) } / Double(maps.count)
    }
    var covered = 0
    for (seed, map) in maps.enumerated() {
      let pixel = seed % 16
      let error = try #require(map.record.standardErrors)[pixel]
      if abs(Double(map.values[pixel]) - means[pixel]) <= 1.96 * Double(error) { covered += 1 }
    }
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }
}
