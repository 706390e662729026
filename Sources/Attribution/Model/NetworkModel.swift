public import Networks
import Synchronization
public import Tensors

/// A network to be explained: the graph with its input and the value that holds the logits.
///
/// Shared by all threads. Plans are made, and weights packed, once for each kind of question.
public final class NetworkModel: Sendable {
  public let graph: Graph
  public let input: Graph.ValueID
  public let logits: Graph.ValueID
  public let space: InputSpace

  /// The kernels that all its plans use.
  public let kernels: KernelVariant
  private let prepared = Mutex<[PlanRequest: PreparedPlan]>([:])
  private let recomputationPlan = Mutex<RecomputationPlan?>(nil)

  /// A plan with the weights it runs on.
  public struct PreparedPlan: Sendable {
    public let plan: Plan
    public let weights: PlanWeights
  }

  /// Takes the graph's only input, unless told which, and the given logits, or its first output.
  public init(
    _ graph: Graph, input: Graph.ValueID? = nil, logits: Graph.ValueID? = nil, space: InputSpace,
    kernels: KernelVariant = .best
  ) {
    guard let input = input ?? graph.inputs.first, let logits = logits ?? graph.outputs.first else {
      preconditionFailure("a network without input or output cannot be explained")
    }
    self.graph = graph
    self.input = input
    self.logits = logits
    self.space = space
    self.kernels = kernels
  }

  /// The plan for a request and the packed weights; the same for all who ask the same.
  ///
  /// - Parameter workers: pack the weights, if there are any.
  public func prepared(
    _ request: PlanRequest, workers: Workers? = nil
  ) throws(PlanError) -> PreparedPlan {
    if let known = prepared.withLock({ $0[request] }) { return known }
    let plan = try Plan(graph, request)
    let made = PreparedPlan(
      plan: plan, weights: plan.weights(of: graph, sharing: known, workers: workers))
    return prepared.withLock { plans in
      if let known = plans[request] { return known }
      plans[request] = made
      return made
    }
  }

  /// What was prepared so far.
  private var known: [(plan: Plan, weights: PlanWeights)] {
    prepared.withLock { plans in plans.values.map { ($0.plan, $0.weights) } }
  }

  /// How to compute the logits anew after small changes of the input; nothing where that saves
  /// nothing or takes too much memory.
  public func recomputation() -> RecomputationPlan? {
    let plan = recomputationPlan.withLock { known in
      if known == nil {
        known = try? RecomputationPlan(
          graph, input: input, output: logits, like: forwardRequest, sharing: self.known)
      }
      return known
    }
    guard let plan, plan.savesWork, plan.baseBytes <= 1 << 30 else { return nil }
    return plan
  }

  /// Logits from inputs.
  public var forwardRequest: PlanRequest {
    var request = PlanRequest(provided: [input], outputs: [logits])
    request.kernels = kernels
    return request
  }

  /// Logits and the gradient at the input.
  public var gradientRequest: PlanRequest { forwardRequest.withGradients(at: [input]) }
}
