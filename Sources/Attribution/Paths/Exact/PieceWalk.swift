import Networks
import Synchronization
import Tensors

/// Finds the pieces of a path on which a network is linear and adds up their gradients, stage by
/// stage (``LinearStages``).
///
/// At each cut the path is a chain of intervals on which all values run straight. Where the next
/// stage bends, points are put in between; values there are interpolated, so nothing in front of the
/// stage is computed again. Going back, the mean gradient of an interval is the mean over the
/// intervals that it was cut into, sent through the stage once for each of those. So a stage is run
/// for as many points as its own partition has, not for as many as the last one has; and memory does
/// not depend on the number of pieces, because a few intervals at a time are followed to the end.
///
/// Multipliers (``SecantRule``) are the slopes on such an interval, and stay right where a kink lies
/// a rounding error beside the point found for it.
struct PieceWalk: Sendable {
  let stages: LinearStages
  let target: Target

  /// Pieces found so far, by all threads, and how many there may be.
  let pieces: PieceCount

  /// Points between neighbours of which something is straight: sixteen to a group, the last of a
  /// group being the first of the next.
  private struct Chain {
    let positions: [Double]
    let groups: [Workspace]

    static let intervalsEach = laneCount - 1
    var intervals: Int { positions.count - 1 }
  }

  /// A point of a finer partition: a share of an interval of the coarser one.
  struct Cut: Sendable {
    let interval: Int
    let share: Float

    /// Where it lies between an interval's ends.
    func position(_ ends: [Double]) -> Double {
      ends[interval] + Double(share) * (ends[interval + 1] - ends[interval])
    }
  }

  /// What came out of some neighbouring intervals.
  struct Sum: Sendable {
    /// For each value at the first cut, the gradients times the lengths.
    var gradients: [[Double]]

    /// Points that went through each stage.
    var points: [Int]
  }

  /// The partition of the whole path at the first cut, whose two ends are in lanes 0 and 1.
  func firstCuts(_ ends: Workspace) -> [Cut] {
    stages.kinks.isEmpty
      ? [Cut(interval: 0, share: 0), Cut(interval: 0, share: 1)]
      : cuts(Chain(positions: [0, 1], groups: [ends]), stage: 0)
  }

  /// Follows some intervals of that partition to the end.
  func run(_ cuts: ArraySlice<Cut>, of ends: Workspace, _ bench: WorkspaceBench) -> Sum {
    var sum = Sum(
      gradients: stages.states[0].map { ends[$0].count }.map { Array(repeating: 0, count: $0) },
      points: Array(repeating: 0, count: stages.kinks.count))
    let chain = Chain(positions: [0, 1], groups: [ends])
    let finer = advance(chain, cuts, stage: 0, bench, &sum.points)
    for (number, group) in finer.groups.enumerated() {
      let weights = self.weights(finer, group: number)
      let isOut = weights .== 0
      for (index, id) in stages.states[0].enumerated() {
        let gradient = group.gradient(of: id).readOnly
        for i in 0..<gradient.count {
          let parts = (gradient[i] * weights).replacing(with: 0, where: isOut)
          sum.gradients[index][i] += Double(parts.sum(active: laneCount))
        }
      }
    }
    return sum
  }

  /// The lengths of a group's intervals, zero in lanes without one.
  private func weights(_ chain: Chain, group: Int) -> Vector {
    var weights = Vector.zero
    let first = group * Chain.intervalsEach
    for interval in first..<min(first + Chain.intervalsEach, chain.intervals) {
      weights[interval - first] = Float(chain.positions[interval + 1] - chain.positions[interval])
    }
    return weights
  }

  /// Where the stage bends on the intervals of a chain, with the chain's own points.
  private func cuts(_ chain: Chain, stage: Int) -> [Cut] {
    let kinks = stages.kinks[stage]
    let isLast = stage == stages.kinks.count - 1
    var cuts: [Cut] = []
    for (number, group) in chain.groups.enumerated() {
      let first = number * Chain.intervalsEach
      let count = min(Chain.intervalsEach, chain.intervals - first)
      var points = KinkPoints(intervals: count)
      // What bends last needs no points of its own if it bends once on any way through the network.
      if !isLast || !kinks.allSatisfy(\.isExactInOneInterval) {
        points.add(kinks) { group[$0].readOnly }
      }
      for interval in 0..<count {
        cuts.append(Cut(interval: first + interval, share: 0))
        cuts += points.points(in: interval).map { Cut(interval: first + interval, share: $0) }
      }
    }
    return cuts + [Cut(interval: chain.intervals - 1, share: 1)]
  }

  /// Takes the points of some cuts through a stage and on to the end, and back through it: the
  /// groups returned hold the mean gradient of each interval between neighbouring cuts.
  private func advance(
    _ chain: Chain, _ cuts: ArraySlice<Cut>, stage: Int, _ bench: WorkspaceBench,
    _ points: inout [Int]
  ) -> Chain {
    guard stage < stages.kinks.count else {
      integrate(chain, stage: stage, bench, &points)
      return chain
    }
    let tools = bench.tools[stage]
    let count = (cuts.count - 1 + Chain.intervalsEach - 1) / Chain.intervalsEach
    let finer = Chain(
      positions: cuts.map { $0.position(chain.positions) },
      groups: Array(tools.workspaces[..<count]))
    points[stage] += cuts.count
    for (number, group) in finer.groups.enumerated() {
      let first = cuts.startIndex + number * Chain.intervalsEach
      let own = cuts[first..<min(first + laneCount, cuts.endIndex)]
      for id in stages.states[stage] {
        PointLoops.interpolate(own, chain.groups.map { $0[id].readOnly }, into: group[id])
      }
      group.forward(tools.weights)
    }
    integrate(finer, stage: stage + 1, bench, &points)
    for group in finer.groups {
      group.backward(tools.weights, rule: SecantRule(.lane(shift: 1)))
    }
    return finer
  }

  /// Puts the mean gradient of each interval of a chain where the stage before it looks for it.
  private func integrate(
    _ chain: Chain, stage: Int, _ bench: WorkspaceBench, _ points: inout [Int]
  ) {
    guard stage < stages.kinks.count else {
      pieces.add(chain.intervals)
      let logits = stages.states[stage][0]
      for group in chain.groups {
        for lane in 0..<laneCount {
          target.writeSeed(group[logits].readOnly, lane: lane, into: group.gradient(of: logits))
        }
      }
      return
    }
    let ids = stages.states[stage]
    for group in chain.groups { for id in ids { group.gradient(of: id).fill(.zero) } }
    guard !pieces.isTooMany else { return }
    let cuts = cuts(chain, stage: stage)
    let most = bench.tools[stage].workspaces.count * Chain.intervalsEach
    for first in stride(from: 0, to: cuts.count - 1, by: most) {
      let own = cuts[first...min(first + most, cuts.count - 1)]
      let finer = advance(chain, own, stage: stage, bench, &points)
      for (number, group) in finer.groups.enumerated() {
        let start = first + number * Chain.intervalsEach
        let own = cuts[start..<min(start + laneCount, own.endIndex)]
        for id in ids {
          PointLoops.addMeans(
            own, group.gradient(of: id).readOnly, into: chain.groups.map { $0.gradient(of: id) })
        }
      }
    }
  }
}

/// How many pieces several threads have found together.
final class PieceCount: Sendable {
  private let found = Atomic<Int>(0)
  private let most: Int

  init(most: Int) { self.most = most }

  func add(_ count: Int) { found.add(count, ordering: .relaxed) }

  var total: Int { found.load(ordering: .relaxed) }
  var isTooMany: Bool { total > most }
}
