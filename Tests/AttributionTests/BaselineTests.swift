import Attribution
import Tensors
import TestSupport
import Testing

/// Baselines seen through a linear model with weights one, where a map is the input minus the
/// baseline.
@Suite struct BaselineTests {
  private func difference(_ baseline: Baseline, values: [Float], shape: Shape = [2, 2, 2])
    throws -> [Float]
  {
    let model = ToyModel(shape) {
      [$0.reduce(0, +)]
    } gradients: {
      [$0.map { _ in 1 }]
    }
    let context = MethodContext(
      seed: 4, space: InputSpace(black: [-1, 0], white: [1, 10]), name: "ig", settings: [],
      baselines: [Array(repeating: 7, count: values.count)])
    return try IntegratedGradients(steps: 1, baselines: BaselineSet([baseline])).attribute(
      [Subject(values: values, target: .logit(0))], on: model, context: context)[0].values
  }

  @Test(arguments: [
    (Baseline.black, [2, 3, 4, 5, 5, 6, 7, 8]), (.white, [0, 1, 2, 3, -5, -4, -3, -2]),
    (.mean, [-1.5, -0.5, 0.5, 1.5, -1.5, -0.5, 0.5, 1.5]),
    (.given, [-6, -5, -4, -3, -2, -1, 0, 1]),
  ])
  func colours(_ baseline: Baseline, _ expected: [Double]) throws {
    expectClose(try difference(baseline, values: [1, 2, 3, 4, 5, 6, 7, 8]), expected)
  }

  @Test func blurringAGreyImageChangesNothing() throws {
    let grey: [Float] = Array(repeating: 0.5, count: 8)
    let map = try difference(.blur(sigma: 2), values: grey)
    #expect(map.allSatisfy { abs($0) < 1e-6 })
  }

  @Test func blurringKeepsASpotInTheMiddleSymmetric() throws {
    var values = Array(repeating: Float(0), count: 2 * 49)
    values[24] = 1
    let map = try difference(.blur(sigma: 1), values: values, shape: [2, 7, 7])
    // 1 − 1/(2πσ²), up to the kernel's sampling.
    #expect(abs(map[24] - (1 - 0.1592)) < 2e-3)
    #expect(map[17] == map[31] && map[23] == map[25])
    #expect(abs(map[17] - map[23]) < 1e-7)
    #expect(map[49...].allSatisfy { $0 == 0 })
  }

  @Test func noiseLiesBetweenBlackAndWhiteAndFollowsTheSeed() throws {
    let values: [Float] = [1, 1, 1, 1, 10, 10, 10, 10]
    let map = try difference(.uniform(count: 1), values: values)
    #expect(map.prefix(4).allSatisfy { 0 <= $0 && $0 <= 2 })
    #expect(map.suffix(4).allSatisfy { 0 <= $0 && $0 <= 10 })
    #expect(Set(map).count == 8)
    #expect(try difference(.uniform(count: 1), values: values) == map)
  }

  @Test func anUnknownWordIsRefused() {
    #expect(throws: MethodError.self) { try MethodSpecification("gradient-shap:baseline=pink") }
  }
}
