public import Tensors

/// What somebody wants of a network; a ``Plan`` is made for exactly this and computes nothing else.
public struct PlanRequest: Sendable, Hashable {
  /// The values the caller provides. Usually the graph's inputs; any other value cuts the graph
  /// there, and what lies before it is not run.
  public var provided: [Graph.ValueID]

  /// The values the caller reads after forward.
  public var outputs: [Graph.ValueID]

  /// The values whose gradient ∂L/∂value the caller provides before backward.
  public var seeds: [Graph.ValueID]

  /// The values whose gradient the caller reads after backward.
  public var gradients: [Graph.ValueID]

  /// The parameters whose gradient the caller reads after backward.
  public var parameterGradients: [Graph.ParameterID]

  /// What backward finds of the forward pass.
  public var keeps: KeptValues

  /// Whether dropout drops and batch normalisation uses the batch's own statistics.
  public var isTraining: Bool

  /// The kernels to use.
  public var kernels: KernelVariant

  /// Whether convolutions may use Winograd's method.
  public var allowsWinograd: Bool

  /// Asks for `outputs` from `provided`, forward only; set the rest for more.
  public init(provided: [Graph.ValueID], outputs: [Graph.ValueID]) {
    self.provided = provided
    self.outputs = outputs
    seeds = []
    gradients = []
    parameterGradients = []
    keeps = .needed
    isTraining = false
    kernels = .best
    allowsWinograd = true
  }

  /// Asks for all outputs of a graph from all its inputs.
  public init(_ graph: Graph) {
    self.init(provided: graph.inputs, outputs: graph.outputs)
  }

  /// Also asks for the gradient of the outputs with respect to `values`.
  public func withGradients(at values: [Graph.ValueID]) -> PlanRequest {
    var request = self
    request.seeds = outputs
    request.gradients = values
    return request
  }

  /// Asks for what training wants: the gradients of all trainable parameters, in training mode.
  public func forTraining(_ graph: Graph) -> PlanRequest {
    var request = self
    request.seeds = outputs
    request.isTraining = true
    request.parameterGradients = graph.trainableParameters
    return request
  }
}

/// What a plan keeps from forward to backward.
public enum KeptValues: Sendable, Hashable {
  /// What the layers' own backward reads. It may be run once after each forward.
  case needed

  /// Besides, what a ``BackwardRule`` reads of these nodes; of those that it replaces, nothing else.
  /// Max poolings that it takes rectified are computed before the ReLUs in front of them. Backward may
  /// be run several times after one forward.
  case forRule(
    [Graph.NodeID: BackwardReads], replaced: Set<Graph.NodeID>, rectified: Set<Graph.NodeID>)

  /// Every value between what is provided and the outputs, with the inputs and the output of each
  /// layer at hand. Backward may be run several times after one forward. It takes more memory.
  case all

  /// What is at hand of a node whose layer reads `own`.
  func reads(of node: Graph.NodeID, own: BackwardReads) -> BackwardReads {
    switch self {
    case .needed: own
    case .forRule(let reads, let replaced, _):
      (replaced.contains(node) ? [] : own).union(reads[node] ?? [])
    case .all: [.inputs, .output, .cache]
    }
  }

  /// Whether backward takes a max pooling together with a ReLU in front of it.
  func isRectified(_ pooling: Graph.NodeID) -> Bool {
    switch self {
    case .forRule(_, _, let rectified): rectified.contains(pooling)
    case .needed, .all: false
    }
  }

  /// Whether backward runs once only after each forward.
  var isOnce: Bool { self == .needed }
}

/// Why a request cannot be planned, with the names of the values.
public enum PlanError: Error, Equatable {
  /// A wanted value depends on this one, which nobody provides or computes.
  case missingInput(value: String)

  /// The gradient of this value is wanted, but no seed depends on it.
  case gradientDoesNotReach(value: String)
}
