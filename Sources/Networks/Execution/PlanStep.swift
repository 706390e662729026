import Tensors

/// One needed node of the graph and how it takes part.
struct PlanStep: Sendable {
  let node: Graph.NodeID
  let operation: Operation
  let layer: any Layer

  /// The values that it reads: the node's inputs, or that of a ReLU in front of a max pooling that is
  /// computed before it.
  var inputs: [Graph.ValueID]
  let parameters: [Graph.ParameterID]

  /// The value the node makes in the graph, or that of a batch normalisation merged into it.
  var output: Graph.ValueID

  /// The value that its forward writes: the output, or that of a ReLU or a clip merged into it that
  /// follows.
  var written: Graph.ValueID

  /// The bounds of what is merged into the forward.
  var bounds: ResultBounds?

  /// What is merged into the weights.
  var normalization: MergedNormalization?

  /// Whether forward has anything to do: not for views, nor for what is merged into the step before.
  var runsForward: Bool

  /// Whether gradients pass through.
  let runsBackward: Bool

  /// Whether its backward also does that of a ReLU merged into its forward.
  var isRectified = false

  /// Whether the layer before does its backward.
  var isDoneBefore = false

  let purpose: PlanPurpose

  /// What backward finds of the forward pass.
  var backwardReads: BackwardReads

  /// Whether the gradient of its input is that of its output, in the same memory.
  var passesGradientOn: Bool { layer.isView || isDoneBefore }

  /// The layer, if in this plan it mixes the samples of a batch.
  var coupledLayer: (any BatchCoupledLayer)? {
    guard let layer = layer.asBatchCoupled, layer.isCoupled(purpose: purpose) else { return nil }
    return layer
  }

  /// Whether a step of another plan for the same graph is the same layer with the same parameters.
  func hasWeights(of other: PlanStep) -> Bool {
    node == other.node && normalization?.parameters == other.normalization?.parameters
  }

  /// The steps of the selected nodes, with batch normalisations, ReLUs and clips merged into the
  /// layers before them, or a ReLU into the max pooling behind it.
  static func steps(
    _ graph: Graph, _ request: PlanRequest, _ selection: NodeSelection
  ) -> [PlanStep] {
    let wantedParameters = Set(request.parameterGradients)
    let ties = TieSelection(graph, request, selection)
    var steps = zip(selection.nodes, selection.runsBackward).map { id, runsBackward in
      let node = graph[id]
      let layer = node.operation.layer
      let purpose = PlanPurpose(
        inputGradients: runsBackward && node.inputs.contains { selection.hasGradient[$0.index] },
        parameterGradients: runsBackward
          && node.parameters.contains(where: wantedParameters.contains),
        isTraining: request.isTraining, kernels: request.kernels,
        algorithms: !request.allowsWinograd
          ? .direct : ties.mayDecide(over: node.output) ? .keepingTies : .all)
      return PlanStep(
        node: id, operation: node.operation, layer: layer, inputs: node.inputs,
        parameters: node.parameters,
        output: node.output, written: node.output, runsForward: !layer.isView,
        runsBackward: runsBackward, purpose: purpose,
        backwardReads: request.keeps.reads(of: id, own: layer.backwardReads(for: purpose)))
    }
    mergeNormalizations(&steps, request)
    mergeBounds(&steps, graph, request)
    mergeRectifiedPoolings(&steps, request)
    return steps
  }
}
