public import Tensors

/// Runs a batch whose groups all stay in memory: training.
///
/// Threads take whole groups. Sums over samples (gradients of parameters, statistics of batch
/// normalisation) are made inside each group first and then group by group in order, so that the
/// result is the same to the bit at any number of threads.
public final class BatchRun {
  public let plan: Plan
  private let workers: Workers
  private let groups: [GroupState]

  /// The samples of the batch at hand and what its random numbers start from.
  private var samples = 0
  private var seed: UInt64 = 0

  /// For each coupled call, the sums over the batch.
  private var forwardTotals: [Int: [Double]] = [:]

  /// One group's memory and its part of the sums of the coupled layer that is waited for.
  private final class GroupState: @unchecked Sendable {
    let workspace: Workspace
    var context = GroupContext()
    var totals: [Double] = []

    init(_ plan: Plan) { workspace = Workspace(plan) }
  }

  /// Makes room for batches of up to `capacity` samples.
  public init(_ plan: Plan, capacity: Int, workers: Workers) {
    self.plan = plan
    self.workers = workers
    groups = (0..<Self.groupCount(capacity)).map { _ in GroupState(plan) }
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
    forEachGroup { fill($0.workspace, $0.context) }
    runForward(weights)
  }

  /// Runs backward; `seed` puts the gradients of the seeds in place, group by group.
  public func backward(
    _ weights: PlanWeights, seed: @Sendable (Workspace, GroupContext) -> Void
  ) {
    precondition(samples > 0, "backward before forward")
    forEachGroup { seed($0.workspace, $0.context) }
    runBackward(weights)
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
    guard let calls = groups.first?.workspace.forwardCalls else { return }
    for (index, totals) in forwardTotals {
      let step = plan.steps[calls[index].step]
      guard let layer = step.coupledLayer else { continue }
      let updated = layer.updated(
        step.parameters.map { graph[$0] }, forwardTotals: totals, samples: samples,
        inputs: calls[index].pass.inputShapes)
      for (id, parameter) in zip(step.parameters, updated) { graph[id] = parameter }
    }
  }

  private func forEachGroup(_ body: @Sendable (GroupState) -> Void) {
    let groups = groups
    workers.forEach(Self.groupCount(samples)) { _, index in body(groups[index]) }
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
  private func runForward(_ weights: PlanWeights) {
    let calls = groups[0].workspace.forwardCalls
    let samples = samples
    var start = 0
    for (index, call) in calls.enumerated() {
      guard let layer = plan.steps[call.step].coupledLayer else { continue }
      let count = layer.totalsCount(inputs: call.pass.inputShapes).forward
      let begin = start
      forEachGroup { group in
        group.workspace.forward(begin..<index, weights, group.context)
        group.workspace.forwardCalls[index].pass.group = group.context
        group.totals = Array(repeating: 0, count: count)
        layer.forwardTotals(group.workspace.forwardCalls[index].pass, into: &group.totals)
      }
      let totals = summedTotals(count)
      forwardTotals[index] = totals
      forEachGroup { group in
        layer.forward(
          group.workspace.forwardCalls[index].pass, weights: weights.layers[call.step],
          totals: totals, samples: samples)
      }
      start = index + 1
    }
    let begin = start
    forEachGroup { $0.workspace.forward(begin..<calls.count, weights, $0.context) }
  }

  private func runBackward(_ weights: PlanWeights) {
    let calls = groups[0].workspace.backwardCalls
    let forwardCalls = groups[0].workspace.forwardCalls
    let samples = samples
    var start = 0
    for (index, call) in calls.enumerated() {
      guard let layer = plan.steps[call.step].coupledLayer,
        let forwardIndex = forwardCalls.firstIndex(where: { $0.step == call.step }),
        let forwardTotals = forwardTotals[forwardIndex]
      else { continue }
      let count = layer.totalsCount(inputs: call.pass.inputShapes).backward
      let begin = start
      let own = weights.layers[call.step]
      forEachGroup { group in
        group.workspace.backward(begin..<index, weights, group.context)
        group.workspace.backwardCalls[index].pass.group = group.context
        group.totals = Array(repeating: 0, count: count)
        layer.backwardTotals(
          group.workspace.backwardCalls[index].pass, weights: own, forwardTotals: forwardTotals,
          samples: samples, into: &group.totals)
      }
      let totals = summedTotals(count)
      forEachGroup { group in
        layer.backward(
          group.workspace.backwardCalls[index].pass, weights: own, forwardTotals: forwardTotals,
          totals: totals, samples: samples)
        group.workspace.addUp(index)
      }
      start = index + 1
    }
    let begin = start
    forEachGroup { $0.workspace.backward(begin..<calls.count, weights, $0.context) }
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
