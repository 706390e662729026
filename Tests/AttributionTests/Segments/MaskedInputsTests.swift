import Segmentation
import Tensors
import Testing

@testable import Attribution

@Suite struct MaskedInputsTests {
  static let segments = LabelMap(height: 2, width: 3, renumbering: [0, 0, 1, 2, 2, 1])

  @Test func eachLaneShowsTheSegmentsThatAreOnThere() {
    let on = (1...12).map(Float.init)
    let off = on.map { -$0 }
    let inputs = MaskedInputs([2, 2, 3], on: on, off: off, segments: Self.segments)
    var masks = SampleMasks(segments: 3)
    for sample in 0..<21 { masks.append { sample >> $0 & 1 == 1 } }
    for group in 0..<2 {
      let lanes = Lanes([2, 2, 3])
      inputs.fill(lanes.mutableView, masks.lanes(ofGroup: group))
      for lane in 0..<min(laneCount, 21 - group * laneCount) {
        let sample = group * laneCount + lane
        let expected = (0..<12).map { index in
          let segment = Int(Self.segments.labels[index % 6])
          return sample >> segment & 1 == 1 ? on[index] : off[index]
        }
        #expect(lanes.view.sample(lane) == expected)
        #expect(masks.active(in: sample) == (0..<3).filter { sample >> $0 & 1 == 1 })
      }
      withExtendedLifetime(lanes) {}
    }
  }

  static let fills: [(Fill, [Float])] = [
    (.black, [0, 0, 0, 0, 0, 0]),
    (.white, [1, 1, 1, 1, 1, 1]),
    (.mean, Array(repeating: 3.5, count: 6)),
    (.image, [9, 8, 7, 6, 5, 4]),
    (.segmentMeans, [1.5, 1.5, 4.5, 4.5, 4.5, 4.5]),
  ]

  @Test(arguments: fills) func fillsAreWhatTheySay(_ fill: Fill, _ expected: [Float]) throws {
    let context = MethodContext(
      seed: 1, space: .unit(channels: 1), name: "toy", settings: [],
      baselines: [[9, 8, 7, 6, 5, 4]])
    let subject = Subject(values: [1, 2, 3, 4, 5, 6], target: .logit(0))
    let input = try fill.input(for: subject, [1, 2, 3], context, segments: Self.segments)
    #expect(input == expected)
  }

  @Test func aLabelMapOfOtherSizeIsRefused() {
    let subject = Subject(values: Array(repeating: 0, count: 9), target: .logit(0))
    let context = MethodContext(
      seed: 1, space: .unit(channels: 1), name: "toy", settings: [], labelMap: Self.segments)
    #expect(
      throws: MethodError.impossible(
        method: "toy", setting: "label map",
        reason: .labelMapOfOtherSize(height: 2, width: 3, needed: [3, 3]))
    ) {
      try MaskedInputs(subject, [1, 3, 3], segments: .given, fill: .black, context)
    }
  }
}
