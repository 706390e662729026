import Attribution
import Networks
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
    let subject = Subject(values: [0.3, -0.2], target: .probability(1, .softmax))
    let map = try Gradient().attribute([subject], on: model, context: .unit("gradient"))[0]
    // σ(−0.5) (1 − σ(−0.5)) = 0.2350037…
    expectClose(map.values, [-0.235003712, 0.235003712])
  }

  /// One logit is a yes or no; several may each stand for themselves, or share one.
  @Test(arguments: [
    (1, ClassProbability.sigmoid), (3, .sigmoid), (3, .normalizedSigmoid), (3, .softmax),
  ])
  func aProbabilityIsDifferentiatedAsTheModelMakesIt(_ count: Int, _ kind: ClassProbability) throws
  {
    let slopes: [[Double]] = [[1.5, -0.5], [-1, 2], [0.25, 1]]
    let model = ToyModel([2], logitCount: count) { x in
      slopes[..<count].map { $0[0] * x[0] + $0[1] * x[1] }
    } gradients: { _ in
      Array(slopes[..<count])
    }
    let x = [0.4, -0.7]
    func probability(_ x: [Double]) -> Double {
      kind.probabilities(of: slopes[..<count].map { $0[0] * x[0] + $0[1] * x[1] })[0]
    }
    let step = 1e-5
    let differences = [[step, 0], [0, step]].map { change in
      (probability([x[0] + change[0], x[1] + change[1]])
        - probability([x[0] - change[0], x[1] - change[1]])) / (2 * step)
    }
    let subject = Subject(values: x.map { Float($0) }, target: .probability(0, kind))
    let map = try Gradient().attribute([subject], on: model, context: .unit("gradient"))[0]
    #expect(!map.isFlat)
    expectClose(map.values, differences)
    let scores = Lanes([count])
    scores.mutableView.setSample(
      3, to: slopes[..<count].map { Float($0[0] * x[0] + $0[1] * x[1]) })
    withExtendedLifetime(scores) {
      #expect(abs(Double(subject.target.score(scores.view, lane: 3)) - probability(x)) < 1e-6)
    }
  }
}
