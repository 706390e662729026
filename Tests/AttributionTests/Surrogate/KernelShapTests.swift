import Tensors
import Testing

@testable import Attribution

@Suite struct KernelShapTests {
  @Test(arguments: [1, 2, 3, 7, 10]) func allCoalitionsGiveTheShapleyValues(_ players: Int) throws {
    let game = InteractionGame(players: players)
    let exact = try game.map(ShapleyExact(segments: .given))
    let map = try game.map(
      KernelShap(segments: .given, rule: StoppingRule(samples: 1 << players)))
    for (value, other) in zip(map.values, exact.values) { #expect(abs(value - other) < 1e-5) }
    #expect(map.record.standardErrors?.allSatisfy { $0 == 0 } == true)
    #expect(map.record.forwardEvaluations == 1 << players)
  }

  @Test(arguments: [30, 100, 300]) func valuesAddUpWhateverTheNumberOfSamples(_ samples: Int)
    throws
  {
    let map = try InteractionGame(players: 12).map(
      KernelShap(segments: .given, rule: StoppingRule(samples: samples)))
    let expected = try #require(map.record.expected)
    #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
  }

  @Test func ninetyFivePercentIntervalsCoverTheExactValueInThatManyCases() throws {
    let game = InteractionGame(players: 10)
    let exact = try game.map(ShapleyExact(segments: .given)).values.map(Double.init)
    let covered = try game.coverage(
      exact, KernelShap(segments: .given, rule: StoppingRule(samples: 300)))
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  @Test func wholeSizesAreAllTheirCoalitions() {
    let plan = CoalitionPlan(segments: 6, samples: 58)
    #expect(plan.wholeSizes == 2)
    var masks = SampleMasks(segments: 6)
    plan.appendWholeSizes(to: &masks)
    let sizes = (0..<masks.count).map { masks.active(in: $0).count }
    #expect(masks.count == 2 * 6 + 2 * 15)
    #expect(Set((0..<masks.count).map { masks.active(in: $0) }).count == masks.count)
    #expect(Set(sizes) == [1, 2, 4, 5])
  }

  @Test func aPrecisionIsReached() throws {
    let game = InteractionGame(players: 14)
    let exact = try game.map(ShapleyExact(segments: .given)).values
    let map = try game.map(
      KernelShap(
        segments: .given, rule: StoppingRule(samples: StoppingRule.mostSamples, precision: 0.02)))
    let reached = try #require(map.record.measurements.first { $0.name == "half-width" }).value
    #expect(reached <= 0.02)
    let range = (exact.max() ?? 0) - (exact.min() ?? 0)
    for (value, other) in zip(map.values, exact) { #expect(abs(value - other) < 0.04 * range) }
  }
}
