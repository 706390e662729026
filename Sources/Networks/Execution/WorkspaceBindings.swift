import Tensors

/// Turns the places of a ``PlanMemory`` into the views that layers are called with.
struct WorkspaceBindings {
  private let plan: Plan
  private let arena: LaneArena
  private let scratch: LaneArena
  private let parameterGradients: AlignedFloats

  init(
    _ plan: Plan, _ arena: LaneArena, scratch: LaneArena, _ parameterGradients: AlignedFloats
  ) {
    self.plan = plan
    self.arena = arena
    self.scratch = scratch
    self.parameterGradients = parameterGradients
  }

  func forwardCalls() -> [Workspace.ForwardCall] {
    plan.steps.indices.filter { plan.steps[$0].runsForward }.map { position in
      let step = plan.steps[position]
      return Workspace.ForwardCall(
        step: position, layer: step.layer,
        pass: ForwardPass(
          inputs: step.inputs.map { value($0).readOnly },
          inputShapes: step.inputs.map { plan.shapes[$0.index] },
          output: value(step.written), outputShape: plan.shapes[step.output.index],
          cache: arena.view(plan.memory.caches[position]), scratch: scratch.all,
          purpose: step.purpose, bounds: step.bounds, node: step.node.index))
    }
  }

  func backwardCalls() -> [Workspace.BackwardCall] {
    var seen: Set<Graph.ParameterID> = []
    return plan.steps.indices.reversed().compactMap { position in
      let step = plan.steps[position]
      guard step.runsBackward else { return nil }
      return backwardCall(position, step, &seen)
    }
  }

  /// The call of one step, or nothing if it only passes its gradient on under another shape.
  private func backwardCall(
    _ position: Int, _ step: PlanStep, _ seen: inout Set<Graph.ParameterID>
  ) -> Workspace.BackwardCall? {
    var sums: [(place: LanesView, sum: MutableLanesView)] = []
    var isOnlyShared = step.parameters.isEmpty
    let dInputs = step.inputs.enumerated().map { slot, input -> MutableLanesView? in
      switch plan.memory.contributions[position][slot] {
      case nil: return nil
      case .shared: return nil
      case .written:
        isOnlyShared = false
        return gradient(input)
      case .added(let range):
        isOnlyShared = false
        let place = arena.view(range)
        sums.append((place.readOnly, gradient(input)))
        return place
      }
    }
    guard !isOnlyShared else { return nil }
    var parameterSums: [(place: ParameterGradientView, sum: ParameterGradientView)] = []
    var start = plan.memory.parameterScratch.lowerBound
    let dParameters = step.parameters.map { parameter -> ParameterGradientView? in
      guard let range = plan.memory.parameterGradients[parameter] else { return nil }
      let own = parameterGradients.view(range)
      guard !seen.insert(parameter).inserted else { return own }
      let place = parameterGradients.view(start..<start + range.count)
      start += range.count
      parameterSums.append((place, own))
      return place
    }
    let reads = step.backwardReads
    let nothing = arena.view(0..<0).readOnly
    return Workspace.BackwardCall(
      step: position, layer: step.layer,
      pass: BackwardPass(
        dOutput: gradient(step.output).readOnly, outputShape: plan.shapes[step.output.index],
        inputs: step.inputs.map { reads.contains(.inputs) ? value($0).readOnly : nothing },
        inputShapes: step.inputs.map { plan.shapes[$0.index] },
        output: reads.contains(.output) ? value(step.output).readOnly : nothing,
        cache: arena.view(plan.memory.caches[position]).readOnly,
        scratch: scratch.all, dInputs: dInputs, dParameters: dParameters,
        isRectified: step.isRectified, purpose: step.purpose, node: step.node.index),
      sums: sums, parameterSums: parameterSums)
  }

  private func value(_ id: Graph.ValueID) -> MutableLanesView {
    guard let range = plan.memory.values[id.index] else {
      preconditionFailure("value \(id.index) has no place")
    }
    return arena.view(range)
  }

  private func gradient(_ id: Graph.ValueID) -> MutableLanesView {
    guard let range = plan.memory.gradients[id.index] else {
      preconditionFailure("the gradient of value \(id.index) has no place")
    }
    return arena.view(range)
  }
}
