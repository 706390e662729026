public import Tensors

/// The memory in which a plan runs one group of sixteen samples.
///
/// The caller fills the provided values, runs ``forward(_:group:)``, reads the outputs, fills the
/// seeds, runs ``backward(_:group:)``, and reads the gradients. One thread at a time uses a workspace.
/// Backward runs once after each forward, because gradients take the place of values that are no
/// longer needed; only plans that keep values for a rule (``PlanRequest/keeps``) may run it again. The
/// seeds have to be filled each time: gradients that arrive from elsewhere are added to them.
public final class Workspace: @unchecked Sendable {
  public let plan: Plan
  private let arena: LaneArena
  private let parameterGradients: AlignedFloats

  /// The working memory of one layer's call at a time, which nothing outlives: workspaces that take
  /// turns may share it, and then it stays in the caches.
  var scratch: LaneArena

  /// What the layers are called with; made once, so that a pass allocates nothing.
  var forwardCalls: [ForwardCall]
  var backwardCalls: [BackwardCall]

  /// Whether ``forward(_:group:)`` has been run, so that there are values to be found.
  public internal(set) var hasRunForward = false

  struct ForwardCall {
    let step: Int
    let layer: any Layer
    var pass: ForwardPass
  }

  struct BackwardCall {
    let step: Int
    let layer: any Layer
    var pass: BackwardPass

    /// What is added where afterwards.
    let sums: [(place: LanesView, sum: MutableLanesView)]
    let parameterSums: [(place: ParameterGradientView, sum: ParameterGradientView)]
  }

  /// - Parameters:
  ///   - arena: memory of at least ``Plan/elementCount`` elements, of which workspaces may share one if
  ///     they are used one after the other: a pass of one ends what another computed.
  ///   - scratch: memory of at least ``Plan/scratchCount`` elements, for workspaces that take turns.
  public init(_ plan: Plan, in arena: LaneArena? = nil, scratch: LaneArena? = nil) {
    self.plan = plan
    let arena = arena ?? LaneArena(count: plan.elementCount)
    let scratch = scratch ?? LaneArena(count: plan.scratchCount)
    precondition(
      arena.count >= plan.elementCount && scratch.count >= plan.scratchCount,
      "\(plan.elementCount) and \(plan.scratchCount) elements in \(arena.count), \(scratch.count)")
    self.arena = arena
    self.scratch = scratch
    parameterGradients = AlignedFloats(count: plan.memory.parameterGradientCount)
    let bindings = WorkspaceBindings(plan, arena, scratch: scratch, parameterGradients)
    forwardCalls = bindings.forwardCalls()
    backwardCalls = bindings.backwardCalls()
  }

  /// The elements of a provided value or an output.
  public subscript(value: Graph.ValueID) -> MutableLanesView {
    guard let range = plan.memory.values[value.index] else {
      preconditionFailure("the plan does not compute value \(value.index)")
    }
    return arena.view(range)
  }

  /// The gradient of a seed or of a value whose gradient was asked for.
  public func gradient(of value: Graph.ValueID) -> MutableLanesView {
    guard let range = plan.memory.gradients[value.index] else {
      preconditionFailure("the plan does not compute the gradient of value \(value.index)")
    }
    return arena.view(range)
  }

  /// The gradient of a parameter, summed over the active lanes of the group.
  public func gradient(of parameter: Graph.ParameterID) -> ParameterGradientView {
    guard let range = plan.memory.parameterGradients[parameter] else {
      preconditionFailure("the plan does not compute the gradient of parameter \(parameter.index)")
    }
    return parameterGradients.view(range)
  }
}

extension AlignedFloats {
  /// A part of the floats, as the gradient of a parameter.
  func view(_ range: Range<Int>) -> ParameterGradientView {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the floats")
    return unsafe ParameterGradientView(pointer: pointer + range.lowerBound, count: range.count)
  }
}
