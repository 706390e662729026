import ModelFiles
import Tensors
import TestSupport
import Testing

@testable import Attribution

@Suite struct OcclusionTests {
  @Test(arguments: 0..<3, 0..<5) func mapsAreCaptums(_ number: Int, _ setting: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let reference = try PerturbationFixture.loaded.get()
    let network = fixture.networks[number]
    let window = reference.windows[setting]
    let context = MethodContext(
      seed: 0, space: .unit(channels: 1), name: "occlusion", settings: [],
      baselines: [Array(repeating: Float(window.fill), count: 400)])
    let maps = try Occlusion(window: window.window, stride: window.stride, fill: .image)
      .attribute(
        Array(fixture.subjects(network).prefix(3)), on: NetworkSession(network.model),
        context: context)
    for (map, captums) in zip(maps, reference.networks[number].occlusion[setting]) {
      expectClose(map.values, captums.map(Double.init), relative: 1e-4, absolute: 0)
    }
  }

  /// f = the sum of the pixels: a window's drop is what lies under it.
  @Test func aPixelHasTheMeanDropOfTheWindowsThatCoverIt() throws {
    let model = ToyModel([1, 3, 3]) {
      [$0.reduce(0, +)]
    } gradients: {
      [$0]
    }
    let subject = Subject(values: [1, 0, 0, 0, 2, 0, 0, 0, 4], target: .logit(0))
    let map = try Occlusion(window: 2, stride: 1).attribute(
      [subject], on: model, context: .unit("occlusion"))[0]
    // Windows drop 3, 2, 2 and 6.
    #expect(map.values == [3, 2.5, 2, 2.5, 3.25, 4, 2, 4, 6])
    #expect(map.record.forwardEvaluations == 5)
  }

  /// The image is black under fourteen of sixteen windows.
  @Test(arguments: [1, 16])
  func windowsThatChangeNothingAreNotEvaluated(_ count: Int) throws {
    let model = ToyModel([1, 4, 4]) {
      [$0.reduce(0.5, +)]
    } gradients: {
      [$0]
    }
    var values = [Float](repeating: 0, count: 16)
    (values[5], values[6]) = (1, 3)
    let maps = try Occlusion(window: 1, stride: 1).attribute(
      Array(repeating: Subject(values: values, target: .logit(0)), count: count), on: model,
      context: .unit("occlusion"))
    for map in maps {
      #expect(map.values == values)
      #expect(map.record.forwardEvaluations == 3)
    }
    #expect(model.groupsRun == (3 * count + laneCount - 1) / laneCount)
  }

  /// A white image under a white fill.
  @Test func anImageThatIsItsOwnCoverHasAFlatMap() throws {
    let file = try ModelFile(contentsOf: Fixtures.repository + "/models/digits.onnx")
    let session = NetworkSession(
      NetworkModel(
        file.graph, input: file.input, logits: file.logits, space: .unit(channels: 1)))
    let white = [Float](repeating: 1, count: file.inputShape.count)
    for count in [1, 16] {
      let maps = try Occlusion(window: 4, stride: 4, fill: .white).attribute(
        Array(repeating: Subject(values: white, target: .logit(3)), count: count), on: session,
        context: .unit("occlusion"))
      for map in maps {
        #expect(map.values.allSatisfy { $0 == 0 })
        #expect(map.record.forwardEvaluations == 1)
      }
    }
  }

  @Test func windowsThatHangOverTheRimCountTheirPartInside() throws {
    let model = ToyModel([1, 3, 3]) {
      [$0.reduce(0, +)]
    } gradients: {
      [$0]
    }
    let subject = Subject(values: [1, 1, 1, 1, 1, 1, 1, 1, 1], target: .logit(0))
    let map = try Occlusion(window: 2, stride: 2).attribute(
      [subject], on: model, context: .unit("occlusion"))[0]
    #expect(map.values == [4, 4, 2, 4, 4, 2, 2, 2, 1])
  }

  @Test func fillsAreGivenInPixelTerms() throws {
    let model = ToyModel([2, 1, 1]) {
      [$0[0] + 10 * $0[1]]
    } gradients: {
      [$0]
    }
    let context = MethodContext(
      seed: 0, space: InputSpace(black: [-1, -2], white: [3, 4]), name: "occlusion", settings: [])
    let subject = Subject(values: [0, 0], target: .logit(0))
    for (fill, drop) in [(Fill.black, Float(21)), (.white, -43)] {
      let map = try Occlusion(fill: fill).attribute([subject], on: model, context: context)[0]
      #expect(map.values == [drop, drop])
    }
  }

  @Test(arguments: [
    ("occlusion:window=13", "window", 12), ("occlusion:window=3:stride=4", "stride", 3),
  ])
  func impossibleWindowsAreErrors(_ text: String, _ setting: String, _ most: Int) throws {
    let specification = try MethodSpecification(text)
    #expect(
      throws: MethodError.impossible(
        method: "occlusion", setting: setting, reason: .largerThan(most))
    ) {
      try specification.attribute(
        TestNetwork.subjects(1), on: NetworkSession(TestNetwork.plain.model), seed: 0)
    }
  }

  @Test func theWindowFollowsTheImagesSizeAndIsRecorded() throws {
    let map = try MethodSpecification("occlusion").attribute(
      TestNetwork.subjects(1), on: NetworkSession(TestNetwork.plain.model), seed: 0)[0]
    #expect(
      map.record.settings.suffix(2) == [
        .init("window", .integer(2)), .init("stride", .integer(1)),
      ])
    // Of 121 windows there is something under 30; the rest is black already.
    #expect(map.record.forwardEvaluations == 31)
  }
}
