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

  @Test(arguments: MaskSampling.allCases)
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
    let exact = lime.fit(inputs, masks, inputs.scores(masks, of: .logit(0), on: game.model))
    let covered = try game.coverage(exact.fit.coefficients, lime)
    #expect((930...970).contains(covered), "\(covered) of 1000")
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
