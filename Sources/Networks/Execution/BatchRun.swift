public import Tensors

/// Runs a batch whose groups all stay in memory: training.
///
/// Threads take whole groups. Sums over samples (gradients of parameters, statistics of batch
/// normalisation) are made inside each group first and then group by group in order, so that the
/// result is the same to the bit at any number of threads.
///
/// A group runs from one layer that waits for the batch to the next without a stop: what one layer
/// wrote is then still in the caches when the next one reads it.
public final class BatchRun {
  public let plan: Plan
  private let workers: Workers
  private let groups: [GroupState]

  /// For each thread, the working memory of the group that it is at.
  private let scratches: [LaneArena]

  /// The calls that wait for the batch, in order.
  private let forwardStops: [Stop]
  private let backwardStops: [Stop]

  /// Whether the groups' turn is from the last to the first. It changes each time, so that the first ones
  /// find in the caches what was left there last.
  private var isTurnedAround = false

  /// The samples of the batch at hand and what its random numbers start from.
  private var samples = 0
  private var seed: UInt64 = 0

  /// For each step of a coupled layer, the sums over the batch in forward.
  private var forwardTotals: [Int: [Double]] = [:]

  /// One group's memory and its part of the sums of the coupled layer that is waited for.
  private final class GroupState: @unchecked Sendable {
    let workspace: Workspace
    var context = GroupContext()
    var totals: [Double] = []

    init(_ workspace: Workspace) { self.workspace = workspace }
  }

  /// A call of a coupled layer.
  private struct Stop: Sendable {
    let call: Int
    let step: Int
    let layer: any BatchCoupledLayer
    let totalsCount: (forward: Int, backward: Int)
  }

  /// Makes room for batches of up to `capacity` samples.
  public init(_ plan: Plan, capacity: Int, workers: Workers) {
    self.plan = plan
    self.workers = workers
    let scratches = (0..<workers.count).map { _ in LaneArena(count: plan.memory.scratchCount) }
    self.scratches = scratches
    groups = (0..<Self.groupCount(capacity)).map { _ in
      GroupState(Workspace(plan, scratch: scratches[0]))
    }
    func stop(_ call: Int, _ step: Int, _ inputs: [Shape]) -> Stop? {
      plan.steps[step].coupledLayer.map {
        Stop(call: call, step: step, layer: $0, totalsCount: $0.totalsCount(inputs: inputs))
      }
    }
    let workspace = groups.first?.workspace
    forwardStops = (workspace?.forwardCalls ?? []).enumerated().compactMap { index, call in
      stop(index, call.step, call.pass.inputShapes)
    }
    backwardStops = (workspace?.backwardCalls ?? []).enumerated().compactMap { index, call in
      stop(index, call.step, call.pass.inputShapes)
    }
  }

  public static func groupCount(_ samples: Int) -> Int { (samples + laneCount - 1) / laneCount }

  /// Runs forward over `samples` samples, whose provided values `fill` puts in place, group by
  /// group, from several threads at once.
  public func forward(
    _ weights: PlanWeights, samples: Int, seed: UInt64 = 0,
    fill: @Sendable (Workspace, GroupContext) -> Void
  ) {
    let count = Self.groupCount(samples)
    precondition(
      samples > 0 && count <= groups.count, "\(samples) samples in \(groups.count) groups")
    self.samples = samples
    self.seed = seed
    for (index, group) in groups.prefix(count).enumerated() {
      group.context = GroupContext(
        activeLanes: min(laneCount, samples - index * laneCount), firstSample: index * laneCount,
        seed: seed)
    }
    runForward(weights, fill)
  }

  /// Runs backward; `seed` puts the gradients of the seeds in place, group by group.
  public func backward(
    _ weights: PlanWeights, seed: @Sendable (Workspace, GroupContext) -> Void
  ) {
    precondition(samples > 0, "backward before forward")
    runBackward(weights, seed)
  }

  /// Adds the gradient of a parameter over the batch to `sum`, group by group.
  public func addGradient(of parameter: Graph.ParameterID, to sum: inout [Float]) {
    for group in groups.prefix(Self.groupCount(samples)) {
      let gradient = group.workspace.gradient(of: parameter)
      precondition(gradient.count == sum.count, "\(sum.count) sums for \(gradient.count) gradients")
      for i in sum.indices { sum[i] += gradient[i] }
    }
  }

  /// Writes the gradients of parts of parameters over the batch to `sums`, each part group by group;
  /// the threads share the parts out.
  public func sumGradients(_ parts: [GradientPart], into sums: AlignedFloats) {
    let groups = groups.prefix(Self.groupCount(samples)).map(\.workspace)
    workers.forEach(parts.count) { _, index in
      let (part, place) = (parts[index].part, parts[index].place)
      precondition(
        place >= 0 && place + part.count <= sums.count, "\(part) at \(place) of \(sums.count)")
      let sum = unsafe sums.pointer + place
      for (number, workspace) in groups.enumerated() {
        let gradient = workspace.gradient(of: parts[index].parameter)
        precondition(part.upperBound <= gradient.count, "\(part) of \(gradient.count) gradients")
        let source = unsafe gradient.pointer + part.lowerBound
        if number == 0 {
          unsafe sum.update(from: source, count: part.count)
        } else {
          for i in 0..<part.count { unsafe sum[i] += source[i] }
        }
      }
    }
  }

  /// Visits the workspaces of the batch, in order, to read outputs and gradients.
  public func forEachWorkspace(_ body: (Workspace, GroupContext) -> Void) {
    for group in groups.prefix(Self.groupCount(samples)) { body(group.workspace, group.context) }
  }

  /// Moves the running statistics of batch normalisation by what the last forward saw.
  public func updateStatistics(of graph: inout Graph) {
    for stop in forwardStops {
      guard let totals = forwardTotals[stop.step] else { continue }
      let step = plan.steps[stop.step]
      let updated = stop.layer.updated(
        step.parameters.map { graph[$0] }, forwardTotals: totals, samples: samples,
        inputs: step.inputs.map { plan.shapes[$0.index] })
      for (id, parameter) in zip(step.parameters, updated) { graph[id] = parameter }
    }
  }

  private func forEachGroup(_ body: @Sendable (GroupState) -> Void) {
    let (groups, scratches, isTurnedAround) = (groups, scratches, isTurnedAround)
    let count = Self.groupCount(samples)
    workers.forEach(count) { worker, index in
      let group = groups[isTurnedAround ? count - 1 - index : index]
      group.workspace.scratch = scratches[worker]
      body(group)
    }
    self.isTurnedAround.toggle()
  }
}

/// A part of a parameter, and where its gradient goes.
public struct GradientPart: Sendable {
  public let parameter: Graph.ParameterID
  public let part: Range<Int>
  public let place: Int

  /// The elements `part` of the parameter, to be written from `place` on.
  public init(parameter: Graph.ParameterID, part: Range<Int>, place: Int) {
    self.parameter = parameter
    self.part = part
    self.place = place
  }
}

// MARK: - Layers that wait for the whole batch

extension BatchRun {
  private func runForward(
    _ weights: PlanWeights, _ fill: @Sendable (Workspace, GroupContext) -> Void
  ) {
    let samples = samples
    let end = groups[0].workspace.forwardCalls.count
    var before: (stop: Stop, totals: [Double])?
    for next in forwardStops.map(Optional.some) + [nil] {
      let calls = (before.map { $0.stop.call + 1 } ?? 0)..<(next?.call ?? end)
      forEachGroup { [before] group in
        let (workspace, context) = (group.workspace, group.context)
        if let (stop, totals) = before {
          stop.layer.forward(
            workspace.forwardCall(stop.call, context).pass, weights: weights.layers[stop.step],
            totals: totals, samples: samples)
        } else {
          fill(workspace, context)
        }
        workspace.forward(calls, weights, context)
        if let next {
          group.totals = Array(repeating: 0, count: next.totalsCount.forward)
          next.layer.forwardTotals(
            workspace.forwardCall(next.call, context).pass, into: &group.totals)
        }
      }
      before = next.map { ($0, summedTotals($0.totalsCount.forward)) }
      if let (stop, totals) = before { forwardTotals[stop.step] = totals }
    }
  }

  private func runBackward(
    _ weights: PlanWeights, _ seed: @Sendable (Workspace, GroupContext) -> Void
  ) {
    let (samples, forwardTotals) = (samples, forwardTotals)
    let end = groups[0].workspace.backwardCalls.count
    var before: (stop: Stop, totals: [Double])?
    for next in backwardStops.map(Optional.some) + [nil] {
      let calls = (before.map { $0.stop.call + 1 } ?? 0)..<(next?.call ?? end)
      forEachGroup { [before] group in
        let (workspace, context) = (group.workspace, group.context)
        if let (stop, totals) = before {
          stop.layer.backward(
            workspace.backwardCall(stop.call, context).pass, weights: weights.layers[stop.step],
            forwardTotals: forwardTotals[stop.step]!, ownTotals: group.totals,
            totals: totals, samples: samples)
          workspace.addUp(stop.call)
        } else {
          seed(workspace, context)
        }
        workspace.backward(calls, weights, context)
        if let next {
          group.totals = Array(repeating: 0, count: next.totalsCount.backward)
          next.layer.backwardTotals(
            workspace.backwardCall(next.call, context).pass, weights: weights.layers[next.step],
            forwardTotals: forwardTotals[next.step]!, samples: samples, into: &group.totals)
        }
      }
      before = next.map { ($0, summedTotals($0.totalsCount.backward)) }
    }
  }

  /// The groups' parts added up in order.
  private func summedTotals(_ count: Int) -> [Double] {
    var totals = Array(repeating: 0.0, count: count)
    for group in groups.prefix(Self.groupCount(samples)) {
      for i in totals.indices { totals[i] += group.totals[i] }
    }
    return totals
  }
}
