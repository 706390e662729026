import Networks
import Tensors

/// Walks several paths, each in some number of intervals.
///
/// Eight points of two paths share a group, or sixteen of one; longer walks take several groups,
/// each starting where the one before ended.
struct PathWalk: Sendable {
  let paths: [StraightPath]

  /// Of each path.
  let intervals: [Int]
  let rule: IntervalRule

  /// The lanes of a path in a group.
  private let lanesEach: Int
  private var segmentsInGroup: Int { laneCount / lanesEach }

  /// - Parameter intervals: 7 of all paths, or multiples of 15.
  init(paths: [StraightPath], intervals: [Int], rule: IntervalRule) {
    self.paths = paths
    self.intervals = intervals
    self.rule = rule
    let lanesEach = intervals.contains { $0 < laneCount / 2 } ? laneCount / 2 : laneCount
    self.lanesEach = lanesEach
    precondition(
      intervals.count == paths.count && intervals.allSatisfy { $0 % (lanesEach - 1) == 0 },
      "\(intervals) intervals of \(paths.count) paths do not fill groups")
  }

  /// Some neighbouring points of one path.
  private struct Segment {
    let path: Int
    let nodes: [Double]
  }

  /// What came out for a segment.
  private struct SegmentResult {
    var sums: PartitionSums
    var startScore: Double
    var endScore: Double

    /// `Σ |(αₖ₊₁ − αₖ) ½ (dₖ + dₖ₊₁) − (fₖ₊₁ − fₖ)|` with `d` the slope along the path.
    var residuals: Double
  }

  func run(in space: PathSpace) -> [PathResult] {
    let segments = paths.indices.flatMap { path in
      let nodes = paths[path].nodes(intervals: intervals[path])
      return stride(from: 0, to: intervals[path], by: lanesEach - 1).map { first in
        Segment(path: path, nodes: Array(nodes[first..<first + lanesEach]))
      }
    }
    var sums: [SegmentResult?] = paths.map { _ in nil }
    runSegments(segments, in: space) { segment, result in
      guard var sum = sums[segment.path] else {
        sums[segment.path] = result
        return
      }
      sum.sums.add(result.sums)
      sum.endScore = result.endScore
      sum.residuals += result.residuals
      sums[segment.path] = sum
    }
    let known = sums.compactMap { $0 }
    let gradients = space.inputGradients(
      known.flatMap { [$0.sums.fine, $0.sums.even, $0.sums.odd] })
    return paths.indices.map { path in
      result(path, known[path], Array(gradients[3 * path..<3 * path + 3]))
    }
  }

  private func result(
    _ number: Int, _ sums: SegmentResult, _ gradients: [[Float]]
  ) -> PathResult {
    let path = paths[number]
    let way = path.line.difference
    var deviation = 0.0
    for i in way.indices {
      let (fine, even, odd) = (gradients[0][i], gradients[1][i], gradients[2][i])
      deviation += Double(abs(way[i])) * (Double(abs(fine - even)) + Double(abs(fine - odd)))
    }
    let points = intervals[number] / (lanesEach - 1) * lanesEach
    return PathResult(
      path: path, map: zip(way, gradients[0]).map { $0 * $1 },
      difference: sums.endScore - sums.startScore,
      error: path.errorFactor * deviation + sums.residuals, intervals: intervals[number],
      forward: points, backward: rule.isSecant ? 2 * points : points)
  }

  private func runSegments(
    _ segments: [Segment], in space: PathSpace, collect: (Segment, SegmentResult) -> Void
  ) {
    let (start, logits) = (space.prefix.end, space.session.model.logits)
    var request = space.request
    request.keeps = rule.keeps(space.session.model.graph)
    let groups = (segments.count + segmentsInGroup - 1) / segmentsInGroup
    @Sendable func inGroup(_ group: Int) -> [Segment] {
      (0..<segmentsInGroup).map {
        segments[min(group * segmentsInGroup + $0, segments.count - 1)]
      }
    }
    space.session.forEachGroup(groups, request) { workspace, weights, group in
      let segments = inGroup(group)
      fill(workspace[start], segments)
      workspace.forward(weights)
      return backward(workspace, weights, segments, start, logits)
    } read: { _, group, made in
      for (number, (segment, result)) in zip(inGroup(group), made).enumerated()
      where group * segmentsInGroup + number < segments.count {
        collect(segment, result)
      }
    }
  }

  /// Puts the points of the segments side by side.
  private func fill(_ values: MutableLanesView, _ segments: [Segment]) {
    let positions = segments.flatMap(\.nodes)
    var lanes = Vector.zero
    for (lane, position) in positions.enumerated() { lanes[lane] = Float(position) }
    let (low, high) = (lanes.lowHalf, lanes.highHalf)
    let (a, b) = (paths[segments[0].path], paths[segments[segments.count - 1].path])
    for i in 0..<values.count {
      values[i] = Vector(
        lowHalf: a.start[i] + low * a.way[i], highHalf: b.start[i] + high * b.way[i])
    }
  }

  private func backward(
    _ workspace: Workspace, _ weights: PlanWeights, _ segments: [Segment],
    _ start: Graph.ValueID, _ logits: Graph.ValueID
  ) -> [SegmentResult] {
    let scores = (0..<laneCount).map { lane in
      Double(
        paths[segments[lane / lanesEach].path].target
          .score(workspace[logits].readOnly, lane: lane))
    }
    var results = segments.indices.map { number in
      SegmentResult(
        sums: PartitionSums(count: workspace[start].count),
        startScore: scores[number * lanesEach],
        endScore: scores[(number + 1) * lanesEach - 1], residuals: 0)
    }
    let (seed, kernels) = (workspace.gradient(of: logits), workspace.plan.request.kernels)
    for pass in rule.passes(segments.map(\.nodes)) {
      for lane in 0..<laneCount {
        paths[segments[lane / lanesEach].path].target.writeSeed(
          workspace[logits].readOnly, lane: lane, into: seed)
      }
      if let rule = pass.rule {
        workspace.backward(weights, rule: rule)
      } else {
        workspace.backward(weights)
      }
      let gradient = workspace.gradient(of: start).readOnly
      for number in segments.indices {
        let part: LanePart = segments.count == 1 ? .all : number == 0 ? .low : .high
        results[number].sums.add(gradient, pass.weights, part, kernels)
      }
      guard pass.rule == nil else { continue }
      for (number, segment) in segments.enumerated() {
        results[number].residuals = residuals(
          gradient, segment, scores, firstLane: number * lanesEach)
      }
    }
    return results
  }

  private func residuals(
    _ gradient: LanesView, _ segment: Segment, _ scores: [Double], firstLane: Int
  ) -> Double {
    let way = paths[segment.path].way
    var slopes = Vector.zero
    for i in 0..<gradient.count { slopes += gradient[i] * way[i] }
    return (0..<lanesEach - 1).reduce(0) { sum, k in
      let lane = firstLane + k
      let length = segment.nodes[k + 1] - segment.nodes[k]
      let mean = 0.5 * (Double(slopes[lane]) + Double(slopes[lane + 1]))
      return sum + abs(length * mean - (scores[lane + 1] - scores[lane]))
    }
  }
}

extension StraightPath {
  /// What the distance of the coarser partitions' maps is multiplied with to make the estimate of the
  /// error, which is some quarter of that distance on the average. Where few units flip, one of them
  /// may make most of the error, and the estimate is further above the average.
  fileprivate var errorFactor: Double { hasManyFlips ? 0.85 : 1.25 }
}

extension IntervalRule {
  var isSecant: Bool {
    switch self {
    case .secant: true
    case .trapezoid: false
    }
  }

  /// What its passes back read.
  fileprivate func keeps(_ graph: Graph) -> KeptValues {
    isSecant ? .forRule(SecantRule(.lane(shift: 1)), graph) : .needed
  }
}
