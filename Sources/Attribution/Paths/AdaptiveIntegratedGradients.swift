import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Integrated gradients to a tolerance: as many points as the wanted error of the map takes.
///
/// ```
/// aᵢ = Σₖ (αₖ₊₁ − αₖ) (xᵢ − x′ᵢ) mᵢ(αₖ, αₖ₊₁)
/// ```
///
/// with multipliers `m` between neighbouring points of the path (``SecantRule``, which is DeepLIFT's
/// rule on every interval) where the network has them, and the mean of the gradients at both ends
/// elsewhere. Points lie at quantiles of where the first layer's units flip.
///
/// A small difference between the map's sum and `f(x) − f(x′)` says little about the map: errors of
/// opposite sign cancel in the sum. So the error is estimated from the maps of two coarser
/// partitions of the same points, which cost no forward pass:
///
/// ```
/// ε = c (‖a − a′‖₁ + ‖a − a″‖₁) / ‖a‖₁  (+ Σ |residual of an interval| / ‖a‖₁ for gradients)
/// ```
///
/// The factor c is chosen on trained networks so that hardly any map is worse than reported: 0.85
/// where a thousand units or more of the first layer flip, 5/4 where they are fewer and one of them
/// may make most of the error. On networks with very few units and random weights the error can
/// exceed the estimate.
///
/// Where `ε` exceeds the tolerance, the map is made again with more intervals: as many as the estimate
/// says, or twice as many where few units flip. The secant rule on intervals, the quantiles and the
/// estimate are ours.
///
/// References: Sundararajan, Taly & Yan 2017, arXiv 1703.01365; Shrikumar, Greenside & Kundaje 2017,
/// arXiv 1704.02685.
struct AdaptiveIntegratedGradients: GraphMethod {
  /// The relative L1 error that maps may have.
  let tolerance: Double
  let baselines: BaselineSet

  /// The intervals that are tried first: on trained networks seven leave about half a percent and
  /// are seldom known to be good enough for less than two.
  private var fewest: Int { tolerance < 0.02 ? 15 : 7 }
  private static let most = 960

  var preferredBatch: Int { laneCount }

  func check(_ question: MethodQuestion) throws(MethodError) { try baselines.check(question) }

  func attribute(
    _ subjects: [Subject], on session: NetworkSession, context: MethodContext
  ) throws -> [Attribution] {
    let space = PathSpace(session)
    let bytes = 12 * space.shape.count * MemoryLayout<Float>.stride * baselines.baselines.count
    return try subjects.inBlocks(bytesEach: bytes) { block in
      let lines = try BaselineLine.lines(block, baselines, session.inputShape, context)
      let rule = IntervalRule(session.model, block.map(\.target))
      let results = refine(space.paths(lines, block), rule, space)
      return block.indices.map { number in
        attribution(
          block[number], results.filter { $0.path.line.subject == number }, session.inputShape,
          context)
      }
    }
  }

  /// Takes more intervals on those paths that are not good enough until none is left.
  private func refine(
    _ paths: [StraightPath], _ rule: IntervalRule, _ space: PathSpace
  ) -> [PathResult] {
    var results: [PathResult?] = paths.map { _ in nil }
    var counts = paths.map { _ in fewest }
    var open = Array(paths.indices)
    while !open.isEmpty {
      let walk = PathWalk(
        paths: open.map { paths[$0] }, intervals: open.map { counts[$0] }, rule: rule)
      for (index, walked) in zip(open, walk.run(in: space)) {
        var result = walked
        result.forward += results[index]?.forward ?? 0
        result.backward += results[index]?.backward ?? 0
        results[index] = result
      }
      open = open.filter {
        (results[$0]?.relativeError ?? 0) > tolerance && counts[$0] < Self.most
      }
      for index in open {
        let excess = (results[index]?.relativeError ?? 0) / tolerance
        counts[index] = intervals(after: counts[index], of: paths[index], excess: excess)
      }
    }
    return results.compactMap { $0 }
  }

  /// How many intervals to take where the error is estimated at `excess` times the tolerance: it
  /// falls a little faster than they become more, unless single units make most of it.
  private func intervals(after count: Int, of path: StraightPath, excess: Double) -> Int {
    let growth = path.hasManyFlips ? min(8, max(1.5, 1.1 * pow(excess, 0.9))) : 2
    let inGroup = laneCount - 1
    let groups = (growth * Double(count) / Double(inGroup)).rounded(.up)
    return min(inGroup * Int(groups), Self.most)
  }

  private func attribution(
    _ subject: Subject, _ results: [PathResult], _ shape: Shape, _ context: MethodContext
  ) -> Attribution {
    let share = 1 / Double(results.count)
    var map = Array(repeating: 0.0, count: shape.count)
    var (expected, error) = (0.0, 0.0)
    var (forward, backward, intervals) = (0, 0, 0)
    for result in results {
      for i in map.indices { map[i] += share * Double(result.map[i]) }
      expected += share * result.difference
      error += share * result.error
      forward += result.forward + 2
      backward += result.backward + 1
      intervals += result.intervals
    }
    let size = map.reduce(0) { $0 + abs($1) }
    let residual = size > 0 ? error / size : 0
    return Attribution(
      shape: shape, values: map.map { Float($0) },
      record: AttributionRecord(
        method: context.name, settings: context.settings, seed: context.seed,
        target: subject.target, expected: expected, residual: residual,
        forwardEvaluations: forward, backwardEvaluations: backward,
        measurements: [
          AttributionRecord.Measurement("intervals", Double(intervals)),
          AttributionRecord.Measurement("within-tolerance", residual <= tolerance ? 1 : 0),
        ]))
  }
}

/// What a walk along one path gave.
struct PathResult: Sendable {
  let path: StraightPath
  let map: [Float]

  /// `f(x) − f(x′)`
  let difference: Double

  /// The estimated L1 error of the map.
  let error: Double
  let intervals: Int

  /// Passes, those of former walks included.
  var forward: Int
  var backward: Int

  var relativeError: Double {
    let size = map.reduce(0) { $0 + abs(Double($1)) }
    return size > 0 ? error / size : 0
  }
}
