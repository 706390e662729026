import Tensors

/// How to run a network for a ``PlanRequest``: which layers in which order, forward and backward,
/// and where in one stretch of memory every value lies.
///
/// Made once and shared by all threads; each thread has a ``Workspace``, all share the
/// ``PlanWeights``. A pass over a workspace allocates nothing.
public struct Plan: Sendable {
  public let request: PlanRequest

  /// Whether groups of a batch have to wait for each other (batch normalisation in training).
  public let isBatchCoupled: Bool

  /// The nodes that run, in order.
  let steps: [PlanStep]

  /// What happens to gradients of values that several nodes use, and where everything lies.
  let memory: PlanMemory

  /// The shapes of all values of the graph.
  let shapes: [Shape]

  public init(_ graph: Graph, _ request: PlanRequest) throws(PlanError) {
    self.request = request
    let selection = try NodeSelection(graph, request)
    steps = PlanStep.steps(graph, request, selection)
    shapes = graph.values.map(\.shape)
    memory = PlanMemory(graph, request, steps, selection.hasGradient)
    isBatchCoupled = steps.contains { $0.coupledLayer != nil }
  }

  /// The bytes that one workspace takes: the memory of one group of sixteen samples.
  public var workspaceBytes: Int {
    (elementCount + scratchCount) * MemoryLayout<Vector>.stride
      + memory.parameterGradientCount * MemoryLayout<Float>.stride
  }

  /// The elements of a workspace's values, gradients and caches, and of its working memory.
  public var elementCount: Int { memory.elementCount }
  public var scratchCount: Int { memory.scratchCount }
}
