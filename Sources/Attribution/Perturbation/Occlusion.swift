import Tensors

/// How much the score falls when a square window of the image is covered.
///
/// ```
/// a[p] = mean over the windows w that cover p of f(x) − f(x with w covered)
/// ```
///
/// A window covers all channels, so they all have the same map. Positive where covering lowers the
/// score. Overlapping windows are averaged (others add them up, which makes the middle of the image
/// brighter than its rim).
///
/// Windows under which the image is what covers it already (black on black) need no evaluation.
///
/// Reference: Zeiler, Fergus 2014, arXiv 1311.2901, who draw f(x with w covered) itself.
public struct Occlusion: ScoreMethod {
  /// The window's side and the distance between windows in pixels; without them, a seventh of the
  /// shorter side and half the window.
  public let window: Int?
  public let stride: Int?

  /// What covers.
  public let fill: Fill

  public init(window: Int? = nil, stride: Int? = nil, fill: Fill = .black) {
    self.window = window
    self.stride = stride
    self.fill = fill
  }

  public var preferredBatch: Int { laneCount }

  public func check(_ question: MethodQuestion) throws(MethodError) {
    _ = try grid(question.planes(setting: "model"), question.context)
    try fill.check(question)
  }

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = try ChannelPlanes(image: model.inputShape, context, setting: "model")
    let grid = try grid(planes, context)
    let covers = try subjects.map { try fill.input(for: $0, model.inputShape, context) }
    let changes = InputChanges(
      subjects.map(\.values), counts: subjects.map { _ in grid.count }, sharePlaces: true,
      differs: { input, place in
        planes.differ(subjects[input].values, covers[input], in: grid[place])
      },
      place: { _, place in grid[place] },
      write: { input, place, patch in patch.copy(covers[input], grid[place]) })
    let scores = model.scores(changes, targets: subjects.map(\.target))
    let settings = context.settings.completed(
      by: [.init("window", .integer(grid.window)), .init("stride", .integer(grid.stride))])
    return subjects.indices.map { index in
      let (subject, scores) = (subjects[index], scores[index])
      let plane = grid.averaged(scores[1...].map { scores[0] - $0 })
      return Attribution(
        shape: model.inputShape, values: (0..<planes.channels).flatMap { _ in plane },
        record: AttributionRecord(
          method: context.name, settings: settings, seed: context.seed, target: subject.target,
          forwardEvaluations: changes.evaluations(of: index)))
    }
  }

  private func grid(
    _ planes: ChannelPlanes, _ context: MethodContext
  ) throws(MethodError) -> WindowGrid {
    let side = min(planes.height, planes.width)
    let window = window ?? max(1, (side + 3) / 7)
    guard window <= side else {
      throw .impossible(method: context.name, setting: "window", reason: .largerThan(side))
    }
    let stride = stride ?? (window + 1) / 2
    guard stride <= window else {
      throw .impossible(method: context.name, setting: "stride", reason: .largerThan(window))
    }
    return WindowGrid(
      height: planes.height, width: planes.width, window: window, stride: stride)
  }
}

extension ChannelPlanes {
  /// Whether two inputs differ in an area of any channel.
  fileprivate func differ(_ a: [Float], _ b: [Float], in area: PixelArea) -> Bool {
    (0..<channels).contains { channel in
      area.rows.contains { row in
        let start = (channel * height + row) * width
        return area.columns.contains { a[start + $0].bitPattern != b[start + $0].bitPattern }
      }
    }
  }
}

extension [AttributionRecord.Setting] {
  /// The settings, with those that the method decided by itself.
  func completed(by decided: [AttributionRecord.Setting]) -> [AttributionRecord.Setting] {
    self + decided.filter { own in !contains { $0.name == own.name } }
  }
}
