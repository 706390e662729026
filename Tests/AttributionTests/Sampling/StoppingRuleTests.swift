import Testing

@testable import Attribution

@Suite struct StoppingRuleTests {
  /// From tables of Student's distribution.
  @Test(arguments: [
    (1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (12, 2.179), (30, 2.042), (1000, 1.962),
  ])
  func quantilesAreThoseOfTheTables(_ degrees: Int, _ expected: Double) {
    let found = StudentQuantile.twoSided95(degreesOfFreedom: degrees)
    #expect(abs(found - expected) < 0.01 * expected)
  }

  @Test(arguments: [("2s", 2.0), ("500ms", 0.5), ("1.5", 1.5), ("2m", 120)])
  func timesHaveUnits(_ text: String, _ seconds: Double) throws {
    let setting = SettingDescription("budget", .duration, default: nil, "")
    #expect(try setting.value(of: text, method: "") == .number(seconds))
  }

  @Test(arguments: ["", "s", "-1s", "0s", "2 s", "2h", "1e999", "١s"])
  func whatIsNoTimeIsAnError(_ text: String) {
    let setting = SettingDescription("budget", .duration, default: nil, "")
    #expect(
      throws: MethodError.wrongValue(
        method: "m", setting: "budget", found: text, expected: .duration)
    ) {
      try setting.value(of: text, method: "m")
    }
  }

  @Test func aFixedNumberIsDrawnInOneRound() {
    var progress = SamplingProgress(StoppingRule(samples: 40), first: 16)
    #expect(progress.next(nil) == 0..<40)
    #expect(progress.next(nil) == nil)
  }

  @Test func roundsGrowUntilThePrecisionIsReached() {
    var progress = SamplingProgress(StoppingRule(samples: 50, precision: 0.1), first: 16)
    func estimate(_ error: Double) -> IntervalEstimate {
      IntervalEstimate(values: [0, 1], standardErrors: [error, 0], degreesOfFreedom: 1000)
    }
    #expect(progress.next(nil) == 0..<16)
    #expect(progress.next(estimate(0.3)) == 16..<24)
    #expect(progress.next(estimate(0.2)) == 24..<36)
    var other = progress
    #expect(progress.next(estimate(0.05)) == nil)
    #expect(other.next(estimate(0.2)) == 36..<50)
    #expect(other.next(estimate(0.2)) == nil)
  }

  @Test func equalValuesArePreciseOnlyWithoutErrors() {
    func width(_ error: Double) -> Double {
      IntervalEstimate(values: [1, 1], standardErrors: [error, error], degreesOfFreedom: 9)
        .relativeHalfWidth
    }
    #expect(width(0) == 0)
    #expect(width(0.1) == .infinity)
  }
}
