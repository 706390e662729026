import Segmentation
import Tensors
import Testing

@testable import Attribution

@Suite struct CoalitionScoresTests {
  let model = ToyModel.linear([1, 2, 4, 8, 16, 32], bias: 0.5)

  /// Six pixels, each a segment; the second and the fifth are black already.
  static let inputs = MaskedInputs(
    [1, 1, 6], on: [1, 0, 2, 3, 0, 5], off: Array(repeating: 0, count: 6),
    segments: LabelMap(grid: 6, height: 1, width: 6))

  @Test func eachPictureIsEvaluatedOnceAndEveryMaskHasItsScore() {
    #expect(Self.inputs.differing == [0, 2, 3, 5])
    let masks = SampleMasks(segments: 6, numbers: 0..<64)
    var scores = CoalitionScores(Self.inputs, of: .logit(0), on: model)
    let plain = Self.inputs.scores(masks, of: .logit(0), on: model)
    // A part first: what is known then is not evaluated again.
    let part = masks.selecting([5, 7, 63, 5])
    #expect(scores.scores(part) == [5, 7, 63, 5].map { plain[$0] })
    #expect(scores.evaluations == 2, "numbers 5 and 7 differ by a black pixel only")
    #expect(scores.scores(masks) == plain)
    #expect(scores.evaluations == 16)
    #expect(scores.scoresOfAllCoalitions() == plain)
    #expect(scores.evaluations == 16)
  }

  @Test func moreSegmentsThanBitsInAWordAreEvaluatedAsTheyCome() {
    let count = 70
    let inputs = MaskedInputs(
      [1, 7, 10], on: Array(repeating: 1, count: count), off: Array(repeating: 0, count: count),
      segments: LabelMap(height: 7, width: 10, renumbering: Array(0..<count)))
    let model = ToyModel.linear((0..<count).map { Double($0) })
    var masks = SampleMasks(segments: count)
    for sample in [3, 3, 68] { masks.append { $0 == sample } }
    var scores = CoalitionScores(inputs, of: .logit(0), on: model)
    #expect(scores.scores(masks) == [3, 3, 68])
    #expect(scores.evaluations == 3)
  }

  @Test func aSegmentThatLooksTheSameOffIsNoPlayer() throws {
    let context = MethodContext(
      seed: 1, space: .unit(channels: 1), name: "toy", settings: [],
      labelMap: Self.inputs.segments)
    let subject = Subject(values: Self.inputs.on, target: .logit(0))
    let methods: [(any SegmentMethod, most: Int)] = [
      (ShapleyExact(segments: .given), 16), (KernelShap(segments: .given), 16),
      (ShapleySampling(segments: .given, rule: StoppingRule(samples: 40)), 16),
      (PartitionShap(segments: .given), 16),
    ]
    for (method, most) in methods {
      let map = try method.attribute([subject], on: model, context: context)[0]
      #expect(map.record.forwardEvaluations <= most)
      for (value, expected) in zip(map.values, [1, 0, 8, 24, 0, 160] as [Float]) {
        #expect(abs(value - expected) < 1e-4)
      }
    }
  }
}
