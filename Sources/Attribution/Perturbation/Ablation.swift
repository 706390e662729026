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

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try segments.check(question)
    try fill.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    let inputs = try subjects.map { subject in
      try MaskedInputs(subject, model.inputShape, segments: segments, fill: fill, context)
    }
    let areas = inputs.map(\.segments.areas)
    let differing = inputs.map { Set($0.differing) }
    let changes = InputChanges(
      inputs.map(\.on), counts: areas.map(\.count),
      sharePlaces: inputs.allSatisfy { $0.segments == inputs[0].segments },
      differs: { input, segment in differing[input].contains(segment) },
      place: { input, segment in areas[input][segment] },
      write: { input, segment, patch in
        let labels = inputs[input].segments.labels
        patch.copy(inputs[input].off, areas[input][segment]) { labels[$0] == Int32(segment) }
      })
    let scores = model.scores(changes, targets: subjects.map(\.target))
    return subjects.indices.map { index in
      let scores = scores[index]
      return inputs[index].attribution(
        subjects[index], values: scores.dropFirst().map { scores[0] - $0 }, standardErrors: nil,
        forwardEvaluations: changes.evaluations(of: index), context)
    }
  }
}

extension LabelMap {
  /// The smallest rectangle that holds each segment.
  fileprivate var areas: [PixelArea] {
    var areas = [PixelArea?](repeating: nil, count: count)
    for (pixel, label) in labels.enumerated() {
      let (row, column) = (pixel / width, pixel % width)
      guard let known = areas[Int(label)] else {
        areas[Int(label)] = (row..<row + 1, column..<column + 1)
        continue
      }
      areas[Int(label)] = (
        known.rows.lowerBound..<row + 1,
        min(known.columns.lowerBound, column)..<max(known.columns.upperBound, column + 1)
      )
    }
    return areas.compactMap { $0 }
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
  ) { (settings) throws(MethodError) in
    .scores(
      Ablation(
        segments: try SegmentSettings.choice(settings), fill: FillSettings.fill(settings)))
  }
}
