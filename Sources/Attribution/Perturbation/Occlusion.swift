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

  public func attribute(
    _ subjects: [Subject], on model: any Scorer, context: MethodContext
  ) throws -> [Attribution] {
    let planes = ChannelPlanes(model.inputShape, channels: context.space.black.count)
    let grid = try grid(planes, context)
    let covers = try subjects.map { try fill.input(for: $0, model.inputShape, context) }
    let changes = InputChanges(
      subjects.map(\.values), counts: subjects.map { _ in grid.count }, sharePlaces: true
    ) { _, place in
      grid[place]
    } write: { input, place, patch in
      patch.copy(covers[input], grid[place])
    }
    let scores = model.scores(changes, targets: subjects.map(\.target))
    let settings = context.settings.completed(
      by: [.init("window", .integer(grid.window)), .init("stride", .integer(grid.stride))])
    return zip(subjects, scores).map { subject, scores in
      let plane = grid.averaged(scores[1...].map { scores[0] - $0 })
      return Attribution(
        shape: model.inputShape, values: (0..<planes.channels).flatMap { _ in plane },
        record: AttributionRecord(
          method: context.name, settings: settings, seed: context.seed, target: subject.target,
          forwardEvaluations: grid.count + 1))
    }
  }

  private func grid(
    _ planes: ChannelPlanes, _ context: MethodContext
  ) throws(MethodError) -> WindowGrid {
    guard planes.isSpatial else {
      throw .impossible(method: context.name, setting: "model", reason: .needsSpatialInput)
    }
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

extension [AttributionRecord.Setting] {
  /// The settings, with those that the method decided by itself.
  func completed(by decided: [AttributionRecord.Setting]) -> [AttributionRecord.Setting] {
    self + decided.filter { own in !contains { $0.name == own.name } }
  }
}
