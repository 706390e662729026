import Attribution
import Tensors
import TestSupport
import Testing

@Suite struct ExpectedGradientsTests {
  @Test func ofALinearFunctionEverySampleIsTheMap() throws {
    let method = ExpectedGradients(samples: 33, baselines: BaselineSet([.black]))
    let map = try method.attribute(
      [Subject(values: [3, 1], target: .logit(0))], on: ToyModel.linear([2, -1]),
      context: .unit("eg"))[0]
    expectClose(map.values, [6, -1], relative: 1e-6)
    #expect(try #require(map.record.standardErrors).allSatisfy { $0 < 1e-3 })
  }

  @Test func strataMakeItNearlyAnIntegral() throws {
    let square = ToyModel([1, 1, 1]) {
      [$0[0] * $0[0]]
    } gradients: {
      [[2 * $0[0]]]
    }
    let method = ExpectedGradients(samples: 200, baselines: BaselineSet([.black]))
    let map = try method.attribute(
      [Subject(values: [2], target: .logit(0))], on: square, context: .unit("eg"))[0]
    // Plain uniform draws would be off by 2.3 / √200 = 0.16 on average.
    expectClose(map.values, [4], relative: 1e-3)
  }

  @Test func itsStandardErrorIsThatOfTheDrawsBaselines() throws {
    let model = ToyModel.linear([1, 1])
    let subject = Subject(values: [0.5, 0.5], target: .logit(0))
    let method = ExpectedGradients(
      samples: 400, baselines: BaselineSet([.black, .white]))
    let map = try method.attribute([subject], on: model, context: .unit("eg"))[0]
    // ±½ at random: deviation ½, standard error 1/40.
    let errors = try #require(map.record.standardErrors)
    expectClose(errors, [0.025, 0.025], relative: 0.02)
    #expect(abs(map.values[0]) < 0.1)
    #expect(map.values[0] == map.values[1])
  }
}
