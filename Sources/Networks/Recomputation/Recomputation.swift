public import Tensors

/// The memory in which a ``RecomputationPlan`` runs: the unchanged pass, and the patches of one change
/// at a time. One thread at a time uses it.
///
/// ```
/// recomputation.setBase { inputs in … }                       // once
/// let logits = recomputation.outputs(course) { patch in … }
/// ```
public final class Recomputation: @unchecked Sendable {
  public let plan: RecomputationPlan
  private var base: Base?

  // Each is made when it is wanted first.
  private var lanes: Workspace?
  private var sample: (pass: SamplePass, outputs: Lanes)?
  private let patches: PatchPool
  private let working = BumpArena()

  /// What happened to each value.
  private var changes: [Change]

  private enum Base {
    /// Sixteen samples side by side.
    case lanes(Workspace)

    /// One sample in all lanes.
    case sample(SamplePass)
  }

  enum Change {
    case none

    /// A rectangle of it may have other values.
    case patch(Patch)

    /// All of it may have.
    case whole(LanesView)
  }

  /// A part of a value that was computed anew.
  struct Patch {
    /// What has other values than the base; the rest of the rectangle is undefined.
    let areas: LaneAreas

    /// What the values are of.
    let rectangle: LaneRectangle
    let values: LanesView
  }

  public init(_ plan: RecomputationPlan) {
    self.plan = plan
    changes = Array(repeating: .none, count: plan.graph.values.count)
    patches = PatchPool(values: plan.graph.values.count)
  }

  /// Runs the network on the unchanged inputs, one in each lane.
  public func setBase(_ fill: (MutableLanesView) -> Void) {
    let workspace = lanes ?? Workspace(plan.base)
    lanes = workspace
    fill(workspace[plan.input])
    workspace.forward(plan.weights)
    base = .lanes(workspace)
  }

  /// Runs the network on an unchanged input that all lanes have.
  public func setBase(_ input: [Float]) {
    let own = sample ?? (SamplePass(plan), Lanes(plan.graph[plan.output].shape))
    sample = own
    own.pass.run(input)
    withExtendedLifetime(own.outputs) { own.outputs.mutableView.fill(own.pass[plan.output]) }
    base = .sample(own.pass)
  }

  /// The working memory that it holds.
  public var bytes: Int {
    (lanes?.plan.workspaceBytes ?? 0) + (sample?.pass.bytes ?? 0) + patches.bytes + working.bytes
  }

  /// The outputs of the unchanged inputs.
  public var baseOutputs: LanesView {
    switch base {
    case .lanes(let workspace): return workspace[plan.output].readOnly
    case .sample:
      guard let sample else { preconditionFailure("a base of one sample without outputs") }
      return sample.outputs.view
    case nil: preconditionFailure("no base has been set")
    }
  }

  /// The outputs of the inputs with other values in some areas; valid until the next call.
  ///
  /// - Parameter fill: writes the values of the course's rectangle, `[C, height, width]`.
  public func outputs(_ course: Course, _ fill: (MutableLanesView) -> Void) -> LanesView {
    patches.releaseAll()
    for index in changes.indices { changes[index] = .none }
    let input = course.input
    let channels = plan.graph[plan.input].shape[0]
    let patch = patches.take(
      channels * input.computed.height * input.computed.width, for: plan.input)
    fill(patch)
    changes[plan.input.index] = .patch(
      Patch(areas: input.areas, rectangle: input.computed, values: patch.readOnly))
    for (index, step) in plan.base.steps.enumerated() where step.computes {
      working.reset()
      changes[step.made.index] = run(step, index, course[step.made])
      for value in plan.lastReads[index] { patches.release(value) }
    }
    return whole(plan.output)
  }

  private func run(_ step: PlanStep, _ index: Int, _ reach: Course.Reach) -> Change {
    switch reach {
    case .nothing:
      return .none
    case .everything:
      if step.layer.isView { return .whole(whole(step.inputs[0], keptFor: step.output)) }
      let target = patches.take(plan.graph[step.written].shape.count, for: step.written)
      plan.runWhole(index, step.inputs.map { whole($0) }, into: target, working)
      return .whole(target.readOnly)
    case .part(let part):
      if step.layer.isView { return changes[step.inputs[0].index] }
      return .patch(
        Patch(areas: part.areas, rectangle: part.computed, values: run(step, index, on: part)))
    }
  }

  private func run(_ step: PlanStep, _ index: Int, on part: Course.Part) -> LanesView {
    let (height, width) = (part.computed.height, part.computed.width)
    let target = patches.take(plan.graph[step.made].shape[0] * height * width, for: step.made)
    switch plan.kinds[index] {
    case .window(let window):
      let region = window.read(by: part.computed)
      let source = self.part(
        region, of: step.inputs[0], needed: window.read(by: window.tiles(holding: part.areas)),
        outside: window.outside)
      plan.slide(window, index, source, region, into: target, part.computed, working)
    case .pixelwise:
      let inputs = step.inputs.map {
        self.part(part.computed, of: $0, needed: part.areas, outside: 0)
      }
      plan.runPixelwise(index, inputs, into: target, height: height, width: width, working)
    case .alias, .whole: preconditionFailure("part of \(step.operation) computed")
    }
    return target.readOnly
  }

  // MARK: Values

  /// A part of a value that a step reads: its patch, if that has all that is needed where it is
  /// wanted, or put together.
  private func part(
    _ region: LaneRectangle, of value: Graph.ValueID, needed: LaneAreas, outside: Float
  ) -> LanesView {
    var patch: Patch?
    switch changes[value.index] {
    case .none: break
    case .patch(let own):
      if own.rectangle == region, own.areas.holds(needed) { return own.values }
      patch = own
    case .whole: preconditionFailure("a part of what has changed as a whole")
    }
    let assembled = working.take(plan.graph[value].shape[0] * region.height * region.width)
    assembly(of: value).fill(assembled, region, needed: needed, patch: patch, outside: outside)
    return assembled.readOnly
  }

  /// All of a value; a patch is put together with what stays, for this step or for as long as another
  /// value is wanted.
  private func whole(
    _ value: Graph.ValueID, keptFor other: Graph.ValueID? = nil
  ) -> LanesView {
    let shape = plan.graph[value].shape
    func room() -> MutableLanesView {
      other.map { patches.take(shape.count, for: $0) } ?? working.take(shape.count)
    }
    switch changes[value.index] {
    case .whole(let view):
      return view
    case .none:
      switch base {
      case .lanes(let workspace): return workspace[value].readOnly
      case .sample(let pass):
        let spread = room()
        spread.fill(pass[value])
        return spread.readOnly
      case nil: preconditionFailure("no base has been set")
      }
    case .patch(let patch):
      let map = LaneRectangle(height: shape[1], width: shape[2])
      if patch.rectangle == map, patch.areas.holds(map.areas) { return patch.values }
      let assembled = room()
      assembly(of: value).fill(assembled, map, needed: map.areas, patch: patch, outside: 0)
      return assembled.readOnly
    }
  }

  private func assembly(of value: Graph.ValueID) -> PatchAssembly {
    let values: LaneRegion.Base =
      switch base {
      case .lanes(let workspace): .lanes(workspace[value].readOnly)
      case .sample(let pass): .sample(pass[value])
      case nil: preconditionFailure("no base has been set")
      }
    return PatchAssembly(shape: plan.graph[value].shape, base: values, kernels: plan.kernels)
  }
}
