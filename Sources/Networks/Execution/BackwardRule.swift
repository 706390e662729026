/// Another way to send something back through some of a network's layers: relevance, multipliers of
/// differences, gradients with a veto.
///
/// A plan for a rule keeps what the rule reads (``PlanRequest/keeps``). It is pure, like the layers'
/// own backward.
public protocol BackwardRule: Sendable {
  /// Sends `call.pass.dOutput` back to `call.pass.dInputs`, or says that the layer's own backward
  /// is right here.
  ///
  /// - Returns: whether the rule has done it.
  func backward(_ call: RuleCall) -> Bool

  /// What it reads in the passes of such layers, besides what their own backward reads.
  func reads(of operation: Operation) -> BackwardReads

  /// Whether it treats all such layers, so that what their own backward reads need not be kept.
  func replaces(_ operation: Operation) -> Bool

  /// Whether it does such layers, max poolings that is, together with a ReLU in front of them, as if
  /// that stood behind (``BackwardPass/isRectified``). The largest of rectified numbers is the
  /// largest number, rectified, so that forward is the same. It must send back itself then: the
  /// layer's own backward knows of no ReLU.
  func takesRectifier(into operation: Operation) -> Bool

  /// Whether it sends something back through the reference workspace too, whose gradients then add
  /// up like those of the first.
  var fillsReference: Bool { get }
}

extension BackwardRule {
  public var fillsReference: Bool { false }

  public func replaces(_ operation: Operation) -> Bool { false }

  public func takesRectifier(into operation: Operation) -> Bool { false }

  public func reads(of operation: Operation) -> BackwardReads { [.inputs, .output, .cache] }
}

extension KeptValues {
  /// What a rule reads of a network.
  public static func forRule(_ rule: some BackwardRule, _ graph: Graph) -> KeptValues {
    var reads: [Graph.NodeID: BackwardReads] = [:]
    var replaced: Set<Graph.NodeID> = []
    var rectified: Set<Graph.NodeID> = []
    for node in graph.nodes {
      guard let id = graph[node.output].producer else { continue }
      reads[id] = rule.reads(of: node.operation)
      if rule.replaces(node.operation) { replaced.insert(id) }
      if rule.takesRectifier(into: node.operation) { rectified.insert(id) }
    }
    return .forRule(reads, replaced: replaced, rectified: rectified)
  }
}

/// A layer's backward as a ``BackwardRule`` sees it.
public struct RuleCall {
  public let node: Graph.NodeID
  public let operation: Operation
  public let pass: BackwardPass
  public let weights: LayerWeights

  /// The same layer in the workspace that the rule compares with, if there is one: a reference
  /// input's.
  public let reference: BackwardPass?

  public init(
    node: Graph.NodeID, operation: Operation, pass: BackwardPass, weights: LayerWeights,
    reference: BackwardPass?
  ) {
    self.node = node
    self.operation = operation
    self.pass = pass
    self.weights = weights
    self.reference = reference
  }
}

extension Workspace {
  /// Sends the seeds back by a rule where it has something to say, by the layers' own gradients
  /// elsewhere.
  ///
  /// - Parameter reference: a workspace of the same plan after forward; rules that compare two
  ///   inputs find the other one's values there.
  public func backward(
    _ weights: PlanWeights, rule: any BackwardRule, reference: Workspace? = nil,
    group: GroupContext = GroupContext()
  ) {
    precondition(!plan.request.keeps.isOnce, "a rule needs a plan that keeps values for it")
    precondition(!plan.isBatchCoupled, "rules are for networks that are not being trained")
    for index in backwardCalls.indices {
      let call = backwardCall(index, group)
      let step = plan.steps[call.step]
      let isDone = rule.backward(
        RuleCall(
          node: step.node, operation: step.operation, pass: call.pass,
          weights: weights.layers[call.step],
          reference: reference?.backwardCalls[index].pass))
      if !isDone { call.layer.backward(call.pass, weights: weights.layers[call.step]) }
      addUp(index)
      if rule.fillsReference { reference?.addUp(index) }
    }
  }
}
