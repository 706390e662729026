import Segmentation
import Tensors
import TestSupport
import Testing

@testable import Attribution

@Suite struct AblationTests {
  @Test(arguments: 0..<3) func mapsAreCaptums(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let reference = try PerturbationFixture.loaded.get()
    let network = fixture.networks[number]
    let maps = try Ablation(segments: .given).attribute(
      Array(fixture.subjects(network).prefix(3)), on: NetworkSession(network.model),
      context: .unit("ablation", labels: reference.labels, height: 20, width: 20))
    for (map, captums) in zip(maps, reference.networks[number].ablation) {
      expectClose(map.values, captums.map(Double.init), relative: 1e-4, absolute: 0)
    }
  }

  @Test func aSegmentsValueIsTheDropWithoutIt() throws {
    let model = ToyModel([1, 2, 2]) {
      [$0[0] * $0[1] + $0[2] + 2 * $0[3]]
    } gradients: {
      [$0]
    }
    let map = try Ablation(segments: .given).attribute(
      [Subject(values: [3, 5, 1, 1], target: .logit(0))], on: model,
      context: .unit("ablation", labels: [0, 7, 7, 9], height: 2, width: 2))[0]
    #expect(map.values == [15, 16, 16, 2])
    #expect(map.record.segments?.map(\.value) == [15, 16, 2])
    #expect(map.record.forwardEvaluations == 4)
  }

  @Test func segmentsThatAreBlackAlreadyAreNotEvaluated() throws {
    let model = ToyModel([1, 2, 2]) {
      [$0.reduce(1, +)]
    } gradients: {
      [$0]
    }
    let map = try Ablation(segments: .given).attribute(
      [Subject(values: [3, 0, 5, 0], target: .logit(0))], on: model,
      context: .unit("ablation", labels: [0, 7, 7, 9], height: 2, width: 2))[0]
    #expect(map.values == [3, 5, 5, 0])
    #expect(map.record.forwardEvaluations == 3)
  }
}
