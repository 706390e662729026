import Segmentation
import Tensors

/// How much the score falls when a segment of the image is switched off.
///
/// ```
/// a[s] = f(x) − f(x without s)
/// ```
///
/// Occlusion by segments: each is tried once, alone.
public struct Ablation: ScoreMethod {
  public let segments: SegmentChoice
  public let fill: Fill

  public init(segments: SegmentChoice, fill: Fill = .black) {
    self.segments = segments
    self.fill = fill
  }

  public var preferredBatch: Int { 1 }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    try subjects.map { subject in
      let inputs = try MaskedInputs(
        subject, model.inputShape, segments: segments, fill: fill, context)
      var masks = SampleMasks(segments: inputs.segments.count)
      masks.append { _ in true }
      for off in 0..<inputs.segments.count { masks.append { $0 != off } }
      let scores = inputs.scores(masks, of: subject.target, on: model)
      return inputs.attribution(
        subject, values: scores.dropFirst().map { scores[0] - $0 }, standardErrors: nil,
        forwardEvaluations: masks.count, context)
    }
  }
}

extension Ablation {
  static let description = MethodDescription(
    name: "ablation", family: .perturbation,
    summary: "how much the score falls when a segment is switched off",
    reference: "Zeiler, Fergus 2014, arXiv 1311.2901", completeness: .none,
    settings: SegmentSettings.descriptions
      + FillSettings.descriptions(default: "black", hasSegments: true),
    cost: "a forward for each segment"
  ) { settings in
    .scores(
      Ablation(
        segments: SegmentSettings.choice(settings), fill: FillSettings.fill(settings)))
  }
}
