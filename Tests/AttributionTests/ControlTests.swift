import Attribution
import Tensors
import TestSupport
import Testing

@Suite struct ControlTests {
  private let model = ToyModel([1, 3, 4]) { _ in
    [0]
  } gradients: { x in
    [x.map { _ in 0 }]
  }

  @Test func edgesOfARampAreItsSlope() throws {
    let values = (0..<12).map { Float($0 % 4) }
    let map = try EdgeControl().attribute(
      [Subject(values: values, target: .logit(0))], on: model, context: .unit("edges"))[0]
    // Half the slope at the left and right border, where the nearest pixel is repeated.
    expectClose(map.values, [0.5, 1, 1, 0.5, 0.5, 1, 1, 0.5, 0.5, 1, 1, 0.5])
  }

  @Test func aGreyImageHasNoEdges() throws {
    let map = try EdgeControl().attribute(
      [Subject(values: Array(repeating: 0.3, count: 12), target: .logit(0))], on: model,
      context: .unit("edges"))[0]
    #expect(map.isFlat)
  }

  @Test func noiseFollowsTheSeedAndTheImage() throws {
    let subjects = [Float(0), 1].map {
      Subject(values: Array(repeating: $0, count: 12), target: .logit(0))
    }
    let maps = try RandomControl().attribute(subjects, on: model, context: .unit("random"))
    let others = try RandomControl().attribute(
      subjects, on: model, context: .unit("random", seed: 2))
    #expect(maps[0].values != maps[1].values)
    #expect(maps[0].values != others[0].values)
    #expect(Set(maps[0].values).count == 12)
  }
}
