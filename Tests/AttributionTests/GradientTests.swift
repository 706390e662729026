import Attribution
import Tensors
import TestSupport
import Testing

@Suite struct GradientTests {
  @Test func theGradientOfALinearFunctionIsItsWeights() throws {
    let model = ToyModel.linear([2, -1, 0.5], bias: 3)
    let subjects = (0..<20).map { Subject(values: [Float($0), 1, 2], target: .logit(0)) }
    let maps = try Gradient().attribute(subjects, on: model, context: .unit("gradient"))
    #expect(maps.count == 20)
    for map in maps { expectClose(map.values, [2, -1, 0.5]) }
    #expect(model.groupsRun == 2)
  }

  @Test func aContrastIsTheDifferenceOfTwoGradients() throws {
    let model = ToyModel([2], logitCount: 2) {
      [$0[0], $0[1] * $0[1]]
    } gradients: {
      [[1, 0], [0, 2 * $0[1]]]
    }
    let subject = Subject(values: [1, 3], target: .contrast(this: 0, that: 1))
    let map = try Gradient().attribute([subject], on: model, context: .unit("gradient"))[0]
    expectClose(map.values, [1, -6])
  }

  @Test func aProbabilityIsDifferentiatedThroughTheSoftmax() throws {
    let model = ToyModel([2], logitCount: 2) {
      $0
    } gradients: { _ in
      [[1, 0], [0, 1]]
    }
    let subject = Subject(values: [0.3, -0.2], target: .probability(1))
    let map = try Gradient().attribute([subject], on: model, context: .unit("gradient"))[0]
    // σ(−0.5) (1 − σ(−0.5)) = 0.2350037…
    expectClose(map.values, [-0.235003712, 0.235003712])
  }
}
