import Segmentation
import Tensors

/// Shapley values of the segments, from every coalition of them, each evaluated once.
///
/// The values add up to the difference between the whole image and the one with everything off.
/// With M segments it takes 2ᴹ evaluations, so M is limited; a segment that looks the same on and off
/// doubles nothing.
public struct ShapleyExact: SegmentMethod {
  public let segments: SegmentChoice
  public let fill: Fill

  /// The largest number of segments.
  public let most: Int

  public init(segments: SegmentChoice, fill: Fill = .black, most: Int = 16) {
    precondition((1...20).contains(most), "all coalitions of \(most) segments")
    self.segments = segments
    self.fill = fill
    self.most = most
  }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    try checkSegments(question)
    if let players = try segments.count(question) {
      try check(players, question.context)
    }
  }

  /// Refuses more segments than there are to be.
  private func check(_ players: Int, _ context: MethodContext) throws(MethodError) {
    guard players > most else { return }
    throw .impossible(
      method: context.name, setting: "the segments",
      reason: .tooManySegments(found: players, most: most))
  }

  func attribution(
    _ subject: Subject, _ inputs: MaskedInputs, _ scores: inout CoalitionScores,
    _ context: MethodContext
  ) throws -> Attribution {
    let players = inputs.segments.count
    try check(players, context)
    let worth = scores.scoresOfAllCoalitions()
    return inputs.attribution(
      subject, values: ExactShapley.values(players: players, worth: worth),
      standardErrors: nil, expected: worth[worth.count - 1] - worth[0],
      forwardEvaluations: scores.evaluations, context)
  }
}

extension ShapleyExact {
  static let description = MethodDescription(
    name: "shapley-exact", family: .perturbation,
    summary: "Shapley values of the segments, from all coalitions",
    reference: "Shapley 1953; Lundberg, Lee 2017, arXiv 1705.07874",
    completeness: .differenceFromBaseline,
    settings: SegmentSettings.descriptions
      + FillSettings.descriptions(default: "black", hasSegments: true) + [
        SettingDescription(
          "most", .integer(1...20), default: .integer(16),
          "the largest number of segments; each doubles the work")
      ],
    cost: "2 to the number of segments",
    reading: ShapleyWords.reading("all orders in which parts can join"),
    caution: ShapleyWords.caution
  ) { (settings) throws(MethodError) in
    .scores(
      ShapleyExact(
        // A grid whatever the size: superpixels are too many.
        segments: try SegmentSettings.choice(settings, usualCells: 4, usual: .grid),
        fill: FillSettings.fill(settings), most: settings.integer("most")))
  }
}
