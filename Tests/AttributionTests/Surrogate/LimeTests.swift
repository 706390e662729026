import Segmentation
import Tensors
import Testing

@testable import Attribution

@Suite struct LimeTests {
  /// Eight pixels, each a segment.
  static let pixels = MethodContext(
    seed: 4, space: .unit(channels: 1), name: "lime", settings: [],
    labelMap: LabelMap(grid: 8, height: 1, width: 8))
  static let subject = Subject(values: Array(repeating: 1, count: 8), target: .logit(0))

  static let kinds: [(Penalty, FeatureSelection)] = [
    (.none, .all), (.ridge(1e-9), .all), (.lasso(1e-9), .all), (.none, .largest(8)),
  ]

  @Test(arguments: kinds)
  func aLinearFunctionIsFoundExactly(_ penalty: Penalty, _ selection: FeatureSelection) throws {
    let weights = [3, -2, 0.5, 0, 1, -1, 0.25, 4]
    var profile = LimeProfile.whylight
    (profile.penalty, profile.selection) = (penalty, selection)
    let lime = Lime(segments: .given, profile: profile, rule: StoppingRule(samples: 100))
    let map = try lime.attribute(
      [Self.subject], on: ToyModel.linear(weights, bias: 7), context: Self.pixels)[0]
    for (value, weight) in zip(map.values, weights) {
      #expect(abs(Double(value) - weight) < 1e-5)
    }
    for error in map.record.standardErrors ?? [1] { #expect(error < 1e-5) }
    let measured = Dictionary(
      uniqueKeysWithValues: map.record.measurements.map { ($0.name, $0.value) })
    #expect(abs((measured["intercept"] ?? 0) - 7) < 1e-5)
    #expect(abs((measured["local-prediction"] ?? 0) - 12.75) < 1e-4)
    #expect(abs((measured["weighted-r2"] ?? 0) - 1) < 1e-9)
  }

  @Test(arguments: [FeatureSelection.largest(2), .forward(2)])
  func selectionKeepsWhatMattersMost(_ selection: FeatureSelection) throws {
    var profile = LimeProfile.whylight
    profile.selection = selection
    let model = ToyModel.linear([0.1, -3, 0.2, 0, 0, 5, 0.1, 0.3])
    let map = try Lime(segments: .given, profile: profile, rule: StoppingRule(samples: 400))
      .attribute(
        [Self.subject], on: model, context: Self.pixels)[0]
    let kept = map.values.indices.filter { map.values[$0] != 0 }
    #expect(kept == [1, 5])
  }

  @Test(arguments: [MaskSampling.bernoulli, .paired])
  func ninetyFivePercentIntervalsCoverTheFitToAllMasksInThatManyCases(
    _ sampling: MaskSampling
  ) throws {
    let game = InteractionGame(players: 8)
    var profile = LimeProfile.whylight
    (profile.sampling, profile.penalty) = (sampling, .none)
    let lime = Lime(segments: .given, profile: profile, rule: StoppingRule(samples: 300))
    var masks = SampleMasks(segments: 8)
    for coalition in 0..<256 { masks.append { coalition >> $0 & 1 == 1 } }
    let inputs = MaskedInputs(
      [1, 1, 8], on: game.subject.values, off: Array(repeating: 0, count: 8),
      segments: LabelMap(grid: 8, height: 1, width: 8))
    let exact = lime.fit(
      inputs, masks, inputs.scores(masks, of: .logit(0), on: game.model), sampling)
    let covered = try game.coverage(exact.fit.coefficients, lime)
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  @Test func whereAllMasksFitInTheSamplesNothingIsLeftToChance() throws {
    let game = InteractionGame(players: 8)
    let lime = Lime(segments: .given, rule: StoppingRule(samples: 256))
    let map = try game.map(lime)
    #expect(map.record.forwardEvaluations == 256)
    #expect(map.record.settings.contains(.init("masks", .word("whole"))))
    #expect(map.record.standardErrors?.allSatisfy { $0 == 0 } == true)
    #expect(try game.map(lime, seed: 9).values == map.values)
    // One sample less, and masks are drawn.
    let drawn = try game.map(Lime(segments: .given, rule: StoppingRule(samples: 255)))
    #expect(drawn.record.settings.contains(.init("masks", .word("paired"))))
    // What drawing many converges to.
    var profile = LimeProfile.whylight
    profile.sampling = .paired
    let many = try game.map(
      Lime(segments: .given, profile: profile, rule: StoppingRule(samples: 100_000)))
    let scale = try #require(map.values.map(abs).max())
    for (value, other) in zip(map.values, many.values) {
      #expect(abs(value - other) < 0.01 * scale)
    }
  }

  @Test func segmentsThatLookTheSameOffAreWorthNothingAndCostNothing() throws {
    let subject = Subject(values: [1, 0, 2, 0, 0, 1, 0, 0], target: .logit(0))
    let model = ToyModel.linear([3, 9, -2, 9, 9, 1, 9, 9])
    let map = try Lime(segments: .given).attribute([subject], on: model, context: Self.pixels)[0]
    #expect(map.record.forwardEvaluations == 8)
    for (value, expected) in zip(map.values, [3, 0, -4, 0, 0, 1, 0, 0] as [Float]) {
      #expect(expected == 0 ? value == 0 : abs(value - expected) < 5e-4)
    }
    // The other tools' profiles keep them in the fit.
    let captum = try Lime(segments: .given, profile: .captum, rule: StoppingRule(samples: 64))
      .attribute([subject], on: model, context: Self.pixels)[0]
    #expect(captum.record.forwardEvaluations == 8)
    #expect(captum.record.settings.contains(.init("samples", .integer(64))))
    // Nothing to switch at all.
    let blank = Subject(values: Array(repeating: 0, count: 8), target: .logit(0))
    let nothing = try Lime(segments: .given).attribute([blank], on: model, context: Self.pixels)[0]
    #expect(nothing.values.allSatisfy { $0 == 0 })
    #expect(nothing.record.forwardEvaluations == 1)
  }

  @Test func choosingFitsHaveErrorsTooAndAPrecisionIsReached() throws {
    let game = InteractionGame(players: 8)
    var profile = LimeProfile.captum
    profile.kernel = LimeKernel(.masks, width: 1)
    let map = try game.map(Lime(segments: .given, profile: profile))
    #expect(map.record.standardErrors?.contains { $0 > 0 } == true)
    let precise = try game.map(
      Lime(
        segments: .given,
        rule: StoppingRule(samples: StoppingRule.mostSamples, precision: 0.05)))
    let reached = precise.record.measurements.first { $0.name == "half-width" }?.value
    #expect(try #require(reached) <= 0.05)
    #expect(precise.record.settings.contains(.init("fill", .word("black"))))
  }
}
