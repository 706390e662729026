import Attribution
import Tensors
import TestSupport
import Testing

@Suite struct IntegratedGradientsTests {
  @Test(arguments: QuadratureRule.allCases)
  func ofALinearFunctionItIsTheDifferenceTimesTheWeights(_ rule: QuadratureRule) throws {
    let model = ToyModel.linear([2, -1, 0.5], bias: 3)
    let subject = Subject(values: [3, 1, 2], target: .logit(0))
    let method = IntegratedGradients(steps: 21, rule: rule, baselines: BaselineSet([.white]))
    let map = try method.attribute([subject], on: model, context: .unit("ig"))[0]
    expectClose(map.values, [4, 0, 0.5])
    expectClose([Float(try #require(map.record.expected))], [4.5])
    #expect(map.record.backwardEvaluations == 21)
  }

  @Test func ofAProductItIsHalfOfItForEachFactor() throws {
    let subject = Subject(values: [3, 4], target: .logit(0))
    let map = try IntegratedGradients(steps: 2).attribute(
      [subject], on: Self.product, context: .unit("ig"))[0]
    expectClose(map.values, [6, 6])
  }

  @Test func severalBaselinesAreAveraged() throws {
    let subject = Subject(values: [3, 4], target: .logit(0))
    let method = IntegratedGradients(steps: 4, baselines: BaselineSet([.black, .white]))
    let map = try method.attribute([subject], on: Self.product, context: .unit("ig"))[0]
    // From (1, 1): ∫ (1 + 3t) dt · 2 = 5 and ∫ (1 + 2t) dt · 3 = 6.
    expectClose(map.values, [5.5, 6])
    expectClose([Float(try #require(map.record.expected))], [11.5])
  }

  @Test func fiftyStepsOfEightImagesTakeTwentyFiveGroups() throws {
    let model = ToyModel.linear([1, 1])
    let subjects = (0..<8).map { Subject(values: [Float($0), 1], target: .logit(0)) }
    _ = try IntegratedGradients(steps: 50).attribute(subjects, on: model, context: .unit("ig"))
    // And one for the scores of the images and baselines.
    #expect(model.groupsRun == 26)
  }

  @Test func aFlatMapIsReportedFlat() throws {
    let subject = Subject(values: [0, 0, 0], target: .logit(0))
    let map = try IntegratedGradients(steps: 5).attribute(
      [subject], on: ToyModel.linear([1, 2, 3]), context: .unit("ig"))[0]
    #expect(map.isFlat)
    #expect(map.values == [0, 0, 0])
  }

  @Test func anInputThatIsNotReadGetsNothing() throws {
    let model = ToyModel([1, 1, 2]) {
      [$0[0] * $0[0]]
    } gradients: {
      [[2 * $0[0], 0]]
    }
    let map = try IntegratedGradients(steps: 9).attribute(
      [Subject(values: [2, 5], target: .logit(0))], on: model, context: .unit("ig"))[0]
    expectClose(map.values, [4, 0])
    #expect(map.values[1] == 0)
  }

  private static var product: ToyModel {
    ToyModel([1, 1, 2]) {
      [$0[0] * $0[1]]
    } gradients: {
      [[$0[1], $0[0]]]
    }
  }
}
