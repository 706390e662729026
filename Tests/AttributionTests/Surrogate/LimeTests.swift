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
    let lime = Lime(segments: .given, profile: profile, samples: 100)
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
    let map = try Lime(segments: .given, profile: profile, samples: 400).attribute(
      [Self.subject], on: model, context: Self.pixels)[0]
    let kept = map.values.indices.filter { map.values[$0] != 0 }
    #expect(kept == [1, 5])
  }
}
