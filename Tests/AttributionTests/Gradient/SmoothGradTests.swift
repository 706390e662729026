import Attribution
import Tensors
import TestSupport
import Testing

@Suite struct SmoothGradTests {
  private static var square: ToyModel {
    ToyModel([1, 1, 2]) {
      [$0[0] * $0[0] + 3 * $0[1]]
    } gradients: {
      [[2 * $0[0], 3]]
    }
  }
  private static let subject = Subject(values: [1, 3], target: .logit(0))

  @Test func theAverageOfAQuadraticIsItsGradientWithinTheStandardError() throws {
    let map = try SmoothGrad(samples: 1000, noise: 0.25).attribute(
      [Self.subject], on: Self.square, context: .unit("smoothgrad"))[0]
    let errors = try #require(map.record.standardErrors)
    // The range is 2, so σ = ½ and the gradient's deviation is 1.
    expectClose([errors[0]], [0.0316], relative: 0.1)
    #expect(abs(map.values[0] - 2) < 4 * errors[0])
    expectClose([map.values[1]], [3])
  }

  @Test func theVarianceIsThatOfTheGradient() throws {
    let map = try SmoothGrad(.variance, samples: 2000, noise: 0.25).attribute(
      [Self.subject], on: Self.square, context: .unit("vargrad"))[0]
    #expect(abs(map.values[0] - 1) < 0.1)
    #expect(abs(map.values[1]) < 1e-4)
  }

  @Test func theSquareIsTheVarianceAndTheSquaredMean() throws {
    let map = try SmoothGrad(.squares, samples: 2000, noise: 0.25).attribute(
      [Self.subject], on: Self.square, context: .unit("smoothgrad-squared"))[0]
    #expect(abs(map.values[0] - 5) < 0.3)
    expectClose([map.values[1]], [9], relative: 1e-5)
  }

  @Test func anInnerMethodTakesThePlaceOfTheGradient() throws {
    let session = NetworkSession(TestNetwork.linear.model)
    let subjects = TestNetwork.subjects(2)
    let noiseless = try MethodSpecification("smoothgrad:noise=0:samples=3:inner=input-x-gradient")
    let plain = try MethodSpecification("input-x-gradient")
    let maps = try noiseless.attribute(subjects, on: session, seed: 1)
    for (map, other) in zip(maps, try plain.attribute(subjects, on: session, seed: 1)) {
      expectClose(map.values, other.values.map(Double.init), relative: 1e-6)
    }
  }
}
