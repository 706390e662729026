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
    let scores = scores(subjects, covers, grid, planes, on: model)
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

  /// For each subject the score of the image as it is, then with each window covered.
  private func scores(
    _ subjects: [Subject], _ covers: [[Float]], _ grid: WindowGrid, _ planes: ChannelPlanes,
    on model: any Scorer
  ) -> [[Double]] {
    let packing = SamplePacking(items: subjects.count, samples: grid.count + 1)
    var scores = subjects.map { _ in [Double]() }
    model.evaluate(groups: packing.groupCount) { group, inputs in
      for run in packing.runs(of: group) {
        // Lanes past the last run repeat its last image, so that nothing unusual is in them.
        for lane in run.lane..<laneCount {
          inputs.setSample(lane, to: subjects[run.item].values)
        }
        for lane in run.lane..<run.lane + run.count {
          let sample = run.block + run.offset + lane - run.lane
          guard sample > 0 else { continue }
          cover(grid[sample - 1], by: covers[run.item], planes, inputs, lane: lane)
        }
      }
    } read: { group, logits in
      for run in packing.runs(of: group) {
        let target = subjects[run.item].target
        for lane in run.lane..<run.lane + run.count {
          scores[run.item].append(Double(target.score(logits, lane: lane)))
        }
      }
    }
    return scores
  }

  private func cover(
    _ window: (rows: Range<Int>, columns: Range<Int>), by cover: [Float], _ planes: ChannelPlanes,
    _ inputs: MutableLanesView, lane: Int
  ) {
    for channel in 0..<planes.channels {
      for row in window.rows {
        let start = channel * planes.plane + row * planes.width
        for place in start + window.columns.lowerBound..<start + window.columns.upperBound {
          inputs[place][lane] = cover[place]
        }
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
