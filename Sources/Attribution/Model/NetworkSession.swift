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

  /// The memory of each group that is computed at a time. All plans run in it, one after the other.
  private var places: [Place] = []

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

  private struct Place {
    let values: LaneArena
    let scratch: LaneArena

    /// How many of the values some plan has used.
    var used = 0

    var bytes: Int { (values.count + scratch.count) * MemoryLayout<Vector>.stride }
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
    let seats = knownSeats.reduce(0) { $0 + $1.recomputation.bytes }
    let tools = benches.values.joined().reduce(0) { $0 + $1.workingBytes }
    return places.reduce(0) { $0 + $1.bytes } + references + seats + tools
  }

  /// Gives up all working memory. It is there again when something is computed.
  public func releaseMemory() {
    runs = [:]
    knownSeats = []
    benches = [:]
    places = []
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
    if wanted == 1 { fetch(prepared.plan.elementCount) }
    var run = runs[request] ?? Run(prepared: prepared)
    run.workspaces += (run.workspaces.count..<wanted).map {
      Workspace(prepared.plan, in: places[$0].values, scratch: places[$0].scratch)
    }
    runs[request] = run
    return run
  }

  /// Touches the first group's memory on all threads: where there is one group only, the others would
  /// wait while the system fetches it for the one that computes.
  private func fetch(_ elements: Int) {
    guard let workers, places[0].used < elements else { return }
    let page = (2 << 20) / MemoryLayout<Vector>.stride
    let (first, memory) = ((places[0].used + page - 1) / page, places[0].values)
    places[0].used = elements
    workers.forEach((elements + page - 1) / page - first) { _, number in
      memory.view((first + number) * page..<(first + number) * page + 1).fill(.zero)
    }
  }

  /// Room that plans of small networks find there already. What nobody touches of it is never fetched;
  /// what a plan touched is not fetched again for one that wants more.
  private static let leastRoom = (8 << 20) / MemoryLayout<Vector>.stride

  /// Sees to it that so many groups have so much memory. Workspaces in memory that is too small are
  /// made anew when they are wanted.
  private func makeRoom(_ groups: Int, for plan: Plan) {
    var (values, scratch) = (max(plan.elementCount, Self.leastRoom), plan.scratchCount)
    if let place = places.first {
      let isEnough = place.values.count >= values && place.scratch.count >= scratch
      (values, scratch) = (max(values, place.values.count), max(scratch, place.scratch.count))
      if !isEnough {
        for request in Array(runs.keys) { runs[request]?.workspaces = [] }
        places = []
      }
    }
    for place in places.prefix(groups) { place.values.expect(plan.elementCount) }
    while places.count < groups {
      places.append(
        Place(
          values: LaneArena(count: values, expected: plan.elementCount),
          scratch: LaneArena(count: scratch)))
    }
  }
}
