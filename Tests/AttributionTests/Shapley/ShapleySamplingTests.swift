import Tensors
import TestSupport
import Testing

@testable import Attribution

@Suite struct ShapleySamplingTests {
  static let players = 7

  /// Single effects and products of two and three.
  static var model: ToyModel {
    ToyModel([1, 1, players]) { x in
      var score = 0.0
      for i in 0..<players {
        score += Double(i - 2) * x[i]
        for j in 0..<i {
          score += Double((3 * i + 5 * j) % 7 - 3) * x[i] * x[j]
          for k in 0..<j { score += Double((i + 2 * j + 3 * k) % 5 - 2) * x[i] * x[j] * x[k] }
        }
      }
      return [score]
    } gradients: {
      [$0]
    }
  }

  static let subject = Subject(values: Array(repeating: 1, count: players), target: .logit(0))

  static func map(_ method: any ScoreMethod, seed: UInt64) throws -> Attribution {
    try method.attribute(
      [subject], on: model,
      context: .unit(
        "shapley", seed: seed, labels: Array(0..<players), height: 1, width: players))[0]
  }

  static let exact = Result { try map(ShapleyExact(segments: .given), seed: 0) }

  @Test func ninetyFivePercentIntervalsCoverTheExactValueInThatManyCases() throws {
    let exact = try Self.exact.get()
    let cases = 1000
    var covered = 0
    for seed in 0..<cases {
      let map = try Self.map(
        ShapleySampling(segments: .given, rule: StoppingRule(samples: 26)), seed: UInt64(seed))
      let errors = try #require(map.record.standardErrors)
      let factor = try #require(map.record.measurements.first { $0.name == "interval-factor" })
      let player = seed % Self.players
      let distance = abs(map.values[player] - exact.values[player])
      if distance <= Float(factor.value) * errors[player] { covered += 1 }
    }
    #expect((930...970).contains(covered), "\(covered) of \(cases)")
  }

  @Test(arguments: [2, 10, 26]) func valuesAddUpWhateverTheNumberOfPermutations(_ count: Int) throws
  {
    let map = try Self.map(
      ShapleySampling(segments: .given, rule: StoppingRule(samples: count)), seed: 5)
    let expected = try #require(map.record.expected)
    #expect(abs(map.sum - expected) < 1e-4 * abs(expected))
    #expect(map.record.forwardEvaluations <= 2 + count * (Self.players - 1))
  }

  @Test func aPrecisionIsReachedAndNotMuchMoreIsDone() throws {
    let exact = try Self.exact.get()
    let map = try Self.map(
      ShapleySampling(
        segments: .given,
        rule: StoppingRule(samples: StoppingRule.mostSamples, precision: 0.02)), seed: 5)
    func reached(_ name: String) throws -> Double {
      try #require(map.record.measurements.first { $0.name == name }).value
    }
    #expect(try reached("half-width") <= 0.02)
    #expect(try reached("half-width") > 0.01)
    #expect(try reached("repeatable") == 1)
    let range = (exact.values.max() ?? 0) - (exact.values.min() ?? 0)
    for (value, other) in zip(map.values, exact.values) {
      #expect(abs(value - other) < 0.04 * range)
    }
  }

  @Test func aBudgetEndsAndSaysThatItIsNotRepeatable() throws {
    let map = try Self.map(
      ShapleySampling(
        segments: .given,
        rule: StoppingRule(samples: StoppingRule.mostSamples, budget: .milliseconds(50))),
      seed: 5)
    let samples = try #require(map.record.measurements.first { $0.name == "samples" }).value
    #expect(samples < Double(StoppingRule.mostSamples))
    #expect(map.record.measurements.contains(.init("repeatable", 0)) == true)
  }

  @Test func oneSegmentHasTheWholeDifference() throws {
    let map = try MethodSpecification("shapley-sampling:cells=1").attribute(
      TestNetwork.subjects(1), on: NetworkSession(TestNetwork.plain.model), seed: 0)[0]
    let expected = try #require(map.record.expected)
    #expect(map.record.segments?.map { Double($0.value) } == [Double(Float(expected))])
  }

  @Test func permutationsMayBeCalledSamples() throws {
    let maps = try ["samples", "permutations"].map {
      try MethodSpecification("shapley-sampling:\($0)=8:cells=3").attribute(
        TestNetwork.subjects(1), on: NetworkSession(TestNetwork.plain.model), seed: 0)[0]
    }
    #expect(maps[0].values == maps[1].values)
    #expect(
      throws: MethodError.repeatedSetting(method: "shapley-sampling", setting: "permutations")
    ) {
      try MethodSpecification("shapley-sampling:samples=8:permutations=8")
    }
  }
}
