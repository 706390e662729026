import Networks
import Tensors

/// Sends multipliers back instead of gradients: what a layer's output changed between two inputs,
/// divided by what its input changed.
///
/// The difference of the scores is then exactly the sum of differences of inputs times multipliers,
/// however far apart the two are. DeepLIFT's Rescale rule is this between a baseline and an image;
/// between neighbours on a path it is a rule of integration that is complete on every interval.
///
/// ```
/// relu        (z₀⁺ + z₁⁺) / (|z₀| + |z₁|)          no cancellation; 0 or 1 where signs agree
/// f(z)        (f(z₁) − f(z₀)) / (z₁ − z₀)          f′ where the ends are almost equal
/// a · b       ½ (b₀ + b₁) and ½ (a₀ + a₁)
/// max(a, b)   b + relu(a − b), one element of the window after the other
/// |z|         (z₀ + z₁) / (|z₀| + |z₁|)
/// ```
///
/// The first two are DeepLIFT's; the product and the running maximum are ours. A running maximum
/// has multipliers in [0, 1], where DeepLIFT's max pooling divides by the change of one element what
/// another caused. DeepLIFT's is here for comparison (``PoolingRule/winners``).
///
/// Reference: Shrikumar, Greenside & Kundaje 2017, arXiv 1704.02685.
struct SecantRule: BackwardRule {
  let end: OtherEnd
  let pooling: PoolingRule

  /// Nodes that send back plain gradients: ``rectifiedPools(_:)``, if anything.
  private let plainNodes: Set<Graph.NodeID>

  enum PoolingRule: String, Sendable, Hashable, CaseIterable {
    case running

    /// The output's change is shared by the winners at both ends, as in SHAP. Needs a reference
    /// workspace.
    case winners
  }

  init(_ end: OtherEnd, pooling: PoolingRule = .running, plainNodes: Set<Graph.NodeID> = []) {
    self.plainNodes = plainNodes
    precondition(pooling == .running || end == .reference, "winners are compared with a reference")
    self.end = end
    self.pooling = pooling
  }

  /// The first node in front of the logits that has no such rule.
  static func obstacle(_ model: NetworkModel) -> Graph.Node? {
    let graph = model.graph
    return model.nodesToLogits.first { node in
      switch node.operation.secantKind {
      case .none: true
      // Element by element means that none is stretched.
      case .rectifier, .pointwise:
        graph[node.inputs[0]].shape.count != graph[node.output].shape.count
      case .affine, .product, .maxPooling, .extremeOfTwo, .extremeOfMany, .sumOfMagnitudes: false
      }
    }
  }

  /// The max poolings that read a rectifier's output.
  ///
  /// Captum takes what arrives at a layer's output before the layer behind has put its multipliers
  /// in, if that one is hooked as well; so a pooling right behind a rectifier has no rule there, and
  /// maps do not quite add up.
  static func rectifiedPools(_ graph: Graph) -> Set<Graph.NodeID> {
    var pools: Set<Graph.NodeID> = []
    for node in graph.nodes where node.operation.secantKind == .maxPooling {
      guard let producer = graph[node.inputs[0]].producer,
        let pool = graph[node.output].producer
      else { continue }
      switch graph[producer].operation.secantKind {
      case .rectifier, .pointwise: pools.insert(pool)
      case .affine, .product, .maxPooling, .extremeOfTwo, .extremeOfMany, .sumOfMagnitudes, .none:
        break
      }
    }
    return pools
  }

  func reads(of operation: Operation) -> BackwardReads {
    switch operation.secantKind {
    case .affine, .none: []
    case .rectifier, .product, .extremeOfTwo, .extremeOfMany, .sumOfMagnitudes: .inputs
    case .pointwise: [.inputs, .output]
    case .maxPooling: pooling == .running ? .inputs : [.inputs, .output]
    }
  }

  func replaces(_ operation: Operation) -> Bool {
    switch operation.secantKind {
    case .rectifier: true
    case .maxPooling: pooling == .running && plainNodes.isEmpty
    case .affine, .pointwise, .product, .extremeOfTwo, .extremeOfMany, .sumOfMagnitudes, .none:
      false
    }
  }

  /// Between neighbours a pooling of 2x2 blocks is taken in front of the ReLU that it stands behind.
  /// DeepLIFT's multipliers follow the network's own order.
  func takesRectifier(into operation: Operation) -> Bool {
    guard case .lane = end, case .maxPooling(let layer) = operation else { return false }
    return replaces(operation) && layer.window.isPlainHalving
  }

  func backward(_ call: RuleCall) -> Bool {
    if plainNodes.contains(call.node) { return false }
    switch call.operation.secantKind {
    case .affine, .none:
      return false
    case .rectifier:
      guard let dInput = call.pass.dInputs[0] else { return true }
      SecantKernel.rectifier(
        call.pass.inputs[0], other(call) { $0.inputs[0] }, call.pass.dOutput, into: dInput,
        variant: call.pass.purpose.kernels)
    case .pointwise(let isPiecewiseLinear):
      guard call.pass.dInputs[0] != nil else { return true }
      SecantLoops.pointwise(
        call, other(call) { $0.inputs[0] }, other(call) { $0.output },
        threshold: isPiecewiseLinear ? 0 : 3e-4)
    case .product:
      product(call)
    case .maxPooling:
      maxPooling(call)
    case .extremeOfTwo(let isLargest):
      SecantLoops.extremeOfTwo(
        call.pass, other(call) { $0.inputs[0] }, other(call) { $0.inputs[1] },
        isLargest: isLargest)
    case .extremeOfMany(let isLargest):
      guard let dInput = call.pass.dInputs[0] else { return true }
      dInput.fill(.zero)
      let other = other(call) { $0.inputs[0] }
      let places = call.operation.reducedPlaces(call.pass.inputShapes[0])
      for (output, places) in places.enumerated() {
        SecantLoops.runningExtreme(
          dInput, call.pass.dOutput[output], call.pass.inputs[0], other, places,
          isLargest: isLargest)
      }
    case .sumOfMagnitudes:
      guard call.pass.dInputs[0] != nil else { return true }
      SecantLoops.magnitudes(
        call.pass, other(call) { $0.inputs[0] },
        call.operation.reducedPlaces(call.pass.inputShapes[0]))
    }
    return true
  }

  /// One of the layer's values at the other end.
  private func other(
    _ call: RuleCall, _ value: (BackwardPass) -> LanesView
  ) -> EndValues {
    switch end {
    case .lane(let shift): return EndValues(value(call.pass), shift: shift)
    case .reference:
      guard let reference = call.reference else {
        preconditionFailure("a difference from a reference without one")
      }
      return EndValues(value(reference))
    }
  }

  private func product(_ call: RuleCall) {
    let means = call.pass.inputShapes.map { Lanes($0) }
    defer { withExtendedLifetime(means) {} }
    for (slot, mean) in means.enumerated() {
      let (own, other) = (call.pass.inputs[slot], other(call) { $0.inputs[slot] })
      for i in 0..<own.count { mean.mutableView[i] = 0.5 * (own[i] + other[i]) }
    }
    call.operation.layer.backward(
      call.pass.reading(means.map(\.view)), weights: call.weights)
  }

  private func maxPooling(_ call: RuleCall) {
    guard case .maxPooling(let layer) = call.operation, let dInput = call.pass.dInputs[0] else {
      return
    }
    let windows = PoolingPlaces(layer.window, call.pass.inputShapes[0], call.pass.outputShape)
    switch pooling {
    case .running:
      let other = other(call) { $0.inputs[0] }
      if windows.isPlainHalving {
        HalvingKernel(
          channels: windows.channels, height: windows.inputHeight, width: windows.inputWidth,
          variant: call.pass.purpose.kernels
        )
        .runSecants(
          call.pass.inputs[0], other, call.pass.dOutput, into: dInput,
          isRectified: call.pass.isRectified)
      } else {
        precondition(!call.pass.isRectified, "a ReLU taken into a pooling by \(layer.window)")
        dInput.fill(.zero)
        windows.forEachWindow { output, places in
          SecantLoops.runningExtreme(
            dInput, call.pass.dOutput[output], call.pass.inputs[0], other, places, isLargest: true)
        }
      }
    case .winners:
      guard let reference = call.reference else { return }
      SecantLoops.winners(dInput, call.pass, reference, windows)
    }
  }
}
