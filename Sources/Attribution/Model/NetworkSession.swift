public import Networks
public import Tensors

/// One user's access to a ``NetworkModel``: the workspaces, and the threads if it has any.
///
/// A folder run gives each thread a session without threads of its own, since images are the best
/// unit of parallel work; a single image gets one session with all the threads.
public final class NetworkSession: DifferentiableScorer {
  public let model: NetworkModel
  let workers: Workers?
  private var runs: [PlanRequest: Run] = [:]

  /// The memory of each group that is computed at a time, for values and for what a layer works in.
  /// All plans run in it, one after the other.
  private var values: [LaneArena] = []
  private var scratch: [LaneArena] = []

  private var knownSeats: [RecomputationSeat] = []
  private var benches: [[PlanRequest]: [WorkspaceBench]] = [:]

  /// A prepared plan with a workspace for each group that is computed at a time, as far as there
  /// were so many groups.
  private struct Run {
    let prepared: NetworkModel.PreparedPlan
    var workspaces: [Workspace] = []

    /// As many more, for methods that compare two inputs.
    var references: [Workspace] = []
  }

  public init(_ model: NetworkModel, workers: Workers? = nil) {
    self.model = model
    self.workers = workers
  }

  public var inputShape: Shape { model.graph[model.input].shape }
  public var logitCount: Int { model.graph[model.logits].shape.count }

  public func evaluate(
    groups: Int,
    fill: @Sendable (Int, MutableLanesView) -> Void,
    read: (Int, LanesView) -> Void
  ) {
    let (input, logits) = (model.input, model.logits)
    forEachGroup(groups, model.forwardRequest) { workspace, weights, group in
      fill(group, workspace[input])
      workspace.forward(weights)
    } read: { workspace, group in
      read(group, workspace[logits].readOnly)
    }
  }

  public func differentiate(
    groups: Int,
    fill: @Sendable (Int, MutableLanesView) -> Void,
    seed: @Sendable (Int, LanesView, MutableLanesView) -> Void,
    read: (Int, LanesView, LanesView) -> Void
  ) {
    let (input, logits) = (model.input, model.logits)
    forEachGroup(groups, model.gradientRequest) { workspace, weights, group in
      fill(group, workspace[input])
      workspace.forward(weights)
      seed(group, workspace[logits].readOnly, workspace.gradient(of: logits))
      workspace.backward(weights)
    } read: { workspace, group in
      read(group, workspace[logits].readOnly, workspace.gradient(of: input).readOnly)
    }
  }

  /// The bytes of working memory that it holds.
  public var workingBytes: Int {
    let references = runs.values.reduce(0) { sum, run in
      sum + run.references.reduce(0) { $0 + $1.plan.workspaceBytes }
    }
    let elements = (values + scratch).reduce(0) { $0 + $1.count }
    let seats = knownSeats.reduce(0) { $0 + $1.recomputation.bytes }
    let tools = benches.values.joined().reduce(0) { $0 + $1.workingBytes }
    return elements * MemoryLayout<Vector>.stride + references + seats + tools
  }

  /// Gives up all working memory. It is there again when something is computed.
  public func releaseMemory() {
    runs = [:]
    knownSeats = []
    benches = [:]
    values = []
    scratch = []
  }

  /// Runs a plan over `groups` groups: `run` in parallel as far as there are threads, `read` in
  /// order, one at a time. For methods that see the graph; the request must suit it.
  public func forEachGroup(
    _ groups: Int, _ request: PlanRequest,
    run: @Sendable (Workspace, PlanWeights, Int) -> Void, read: (Workspace, Int) -> Void
  ) {
    forEachGroup(groups, request, run: run) { workspace, group, _ in read(workspace, group) }
  }

  /// The same, where `run` makes something to be read.
  func forEachGroup<Made>(
    _ groups: Int, _ request: PlanRequest,
    run: @Sendable (Workspace, PlanWeights, Int) -> Made, read: (Workspace, Int, Made) -> Void
  ) {
    let current = self.run(for: request, groups: groups)
    let weights = current.prepared.weights
    let workspaces = current.workspaces
    forEachInOrder(groups, seats: workspaces.count) { seat, group in
      run(workspaces[seat], weights, group)
    } read: { seat, group, made in
      read(workspaces[seat], group, made)
    }
  }

  /// The same with a second workspace for each group, in which another input can be compared with.
  ///
  /// What was computed there in an earlier call is still there: a baseline that stays the same need
  /// not be computed again.
  public func forEachGroup(
    _ groups: Int, _ request: PlanRequest,
    run: @Sendable (Workspace, _ reference: Workspace, PlanWeights, Int) -> Void,
    read: (Workspace, _ reference: Workspace, Int) -> Void
  ) {
    var current = self.run(for: request, groups: groups)
    if current.references.count < current.workspaces.count {
      current.references += current.workspaces[current.references.count...].map {
        Workspace($0.plan)
      }
      runs[request] = current
    }
    let (workspaces, references) = (current.workspaces, current.references)
    let weights = current.prepared.weights
    forEachInOrder(groups, seats: workspaces.count) { seat, group in
      run(workspaces[seat], references[seat], weights, group)
    } read: { seat, group, _ in
      read(workspaces[seat], references[seat], group)
    }
  }

  /// Takes groups from as many threads as there are, each with a seat of its own, and reads them in
  /// order.
  private func forEachInOrder<Made>(
    _ groups: Int, seats: Int, _ run: @Sendable (_ seat: Int, _ group: Int) -> Made,
    read: (_ seat: Int, _ group: Int, _ made: Made) -> Void
  ) {
    guard let workers, groups > 1 else {
      for group in 0..<groups { read(0, group, run(0, group)) }
      return
    }
    // Fewer groups than threads have a seat each.
    @Sendable func seat(_ worker: Int, _ group: Int) -> Int { groups <= seats ? group : worker }
    workers.forEachInOrder(groups) { worker, group in
      run(seat(worker, group), group)
    } read: { worker, group, made in
      read(seat(worker, group), group, made)
    }
  }

  /// One for each thread, made when they are wanted first.
  func recomputationSeats(_ plan: RecomputationPlan) -> [RecomputationSeat] {
    if knownSeats.isEmpty {
      knownSeats = (0..<(workers?.count ?? 1)).map { _ in RecomputationSeat(plan) }
    }
    return knownSeats
  }

  /// Calls `body` for each piece in `0..<pieces`, from as many threads as there are.
  func forEach(_ pieces: Int, _ body: @Sendable (_ worker: Int, _ piece: Int) -> Void) {
    if let workers, pieces > 1 {
      workers.forEach(pieces, body)
    } else {
      for piece in 0..<pieces { body(0, piece) }
    }
  }

  /// A bench for each thread: up to four workspaces of each plan, fewer of those above 16 MB.
  func benches(for requests: [PlanRequest]) -> [WorkspaceBench] {
    if let known = benches[requests] { return known }
    let plans = requests.map(prepared)
    let made = (0..<(workers?.count ?? 1)).map { _ in
      WorkspaceBench(
        tools: plans.map { prepared in
          let count = min(4, max(1, (64 << 20) / max(1, prepared.plan.workspaceBytes)))
          return WorkspaceBench.Tools(
            workspaces: (0..<count).map { _ in Workspace(prepared.plan) },
            weights: prepared.weights)
        })
    }
    benches[requests] = made
    return made
  }

  private func prepared(_ request: PlanRequest) -> NetworkModel.PreparedPlan {
    do {
      return try model.prepared(request, workers: workers)
    } catch {
      preconditionFailure("no plan for a request of ours: \(error)")
    }
  }

  private func run(for request: PlanRequest, groups: Int) -> Run {
    let wanted = max(1, min(workers?.count ?? 1, groups))
    if let run = runs[request], run.workspaces.count >= wanted { return run }
    let prepared = runs[request]?.prepared ?? prepared(request)
    makeRoom(wanted, for: prepared.plan)
    var run = runs[request] ?? Run(prepared: prepared)
    run.workspaces += (run.workspaces.count..<wanted).map {
      Workspace(prepared.plan, in: values[$0], scratch: scratch[$0])
    }
    runs[request] = run
    return run
  }

  /// Room that plans of small networks find there already: what a plan touched is not fetched again
  /// for one that wants more. In a new process, what nobody touches of it is never fetched; blocks that
  /// the process had before are cleared as a whole, which takes 0.1 ms.
  private static let leastRoom = (8 << 20) / MemoryLayout<Vector>.stride

  /// Sees to it that so many groups have so much memory; what is too small is replaced. Workspaces are
  /// then made anew when they are wanted.
  private func makeRoom(_ groups: Int, for plan: Plan) {
    let hasValues = values.allSatisfy { $0.count >= plan.elementCount }
    let hasScratch = scratch.allSatisfy { $0.count >= plan.scratchCount }
    if !hasValues || !hasScratch {
      for request in Array(runs.keys) { runs[request]?.workspaces = [] }
    }
    if !hasValues { values = [] }
    if !hasScratch { scratch = [] }
    let valueCount = values.first?.count ?? max(plan.elementCount, Self.leastRoom)
    let scratchCount = scratch.first?.count ?? plan.scratchCount
    while values.count < groups { values.append(LaneArena(count: valueCount, expected: 0)) }
    while scratch.count < groups { scratch.append(LaneArena(count: scratchCount)) }
    for arena in values.prefix(groups) {
      arena.expect(plan.elementCount, fetching: groups == 1 ? workers : nil)
    }
  }
}
