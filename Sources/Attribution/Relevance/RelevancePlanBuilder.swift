import Networks
import Tensors

/// Chooses each layer's rule and makes its terms.
struct RelevancePlanBuilder {
  private let model: NetworkModel
  private let rules: RelevanceRules
  private let purpose: PlanPurpose

  /// The nodes that the logits depend on, in the order in which they run.
  let needed: [Graph.NodeID]

  /// Those with weights before which there are none.
  private let first: Set<Graph.NodeID>

  /// The values that cannot be negative, so that terms of negative inputs need not be computed.
  private let nonNegative: Set<Graph.ValueID>

  init(_ model: NetworkModel, _ rules: RelevanceRules) {
    self.model = model
    self.rules = rules
    // Winograd's rounding is far above that of sums of a few terms, and relevance is divided by such
    // sums.
    purpose = PlanPurpose(inputGradients: true, kernels: model.kernels, algorithms: .direct)
    needed = Self.nodes(before: model.logits, of: model.graph)
    var first: Set<Graph.NodeID> = []
    var (weighted, nonNegative): (Set<Graph.ValueID>, Set<Graph.ValueID>) = ([], [])
    for id in needed {
      let node = model.graph[id]
      let isBehindWeights = node.inputs.contains(where: weighted.contains)
      if case .weighted = node.operation.relevanceTreatment {
        if !isBehindWeights { first.insert(id) }
        weighted.insert(node.output)
      } else if isBehindWeights {
        weighted.insert(node.output)
      }
      if node.operation.isNonNegative(inputs: node.inputs.allSatisfy(nonNegative.contains)) {
        nonNegative.insert(node.output)
      }
    }
    self.first = first
    self.nonNegative = nonNegative
  }

  static func nodes(before value: Graph.ValueID, of graph: Graph) -> [Graph.NodeID] {
    var needed: Set<Graph.ValueID> = [value]
    var nodes: [Graph.NodeID] = []
    for node in graph.nodes.reversed() where needed.contains(node.output) {
      needed.formUnion(node.inputs)
      if let id = graph[node.output].producer { nodes.append(id) }
    }
    return nodes.reversed()
  }

  /// The terms of a layer with weights.
  func weighted(_ id: Graph.NodeID) throws -> WeightedRelevance {
    let node = model.graph[id]
    let rule = rule(of: id, node)
    let weights = RelevanceWeights(node, of: model.graph, purpose: purpose)
    return WeightedRelevance(
      shares: try shares(rule, node, weights),
      stabilizer: rule == .epsilon ? rules.epsilon : RelevanceRules.stabilizer, purpose: purpose)
  }

  private func rule(of id: Graph.NodeID, _ node: Graph.Node) -> RelevanceRule {
    if first.contains(id), let rule = rules.first { return rule }
    if case .dense = node.operation { return rules.dense }
    return rules.convolution
  }

  private func shares(
    _ rule: RelevanceRule, _ node: Graph.Node, _ weights: RelevanceWeights
  ) throws -> [WeightedRelevance.Share] {
    let (gamma, alpha) = (rules.gamma, rules.alpha)
    switch rule {
    case .epsilon:
      return [.init(factor: 1, terms: [.init(input: .whole, weights: weights.with { $0 })])]
    case .gamma:
      func raised(_ weight: Float) -> Float { weight + gamma * max(weight, 0) }
      func lowered(_ weight: Float) -> Float { weight + gamma * min(weight, 0) }
      return [
        share(1, raised, lowered, node, weights, where: .positiveSum),
        share(1, lowered, raised, node, weights, where: .negativeSum),
      ]
    case .alphaBeta where alpha != 1:
      return [
        share(alpha, { max($0, 0) }, { min($0, 0) }, node, weights),
        share(1 - alpha, { min($0, 0) }, { max($0, 0) }, node, weights),
      ]
    case .zPlus, .alphaBeta:
      return [share(1, { max($0, 0) }, { min($0, 0) }, node, weights)]
    case .zBox:
      let (low, high) = try bounds(node)
      var terms = [WeightedRelevance.Term(input: .whole, weights: weights.with { $0 })]
      // Even where a bound is zero its term takes part with its bias.
      terms.append(
        .init(input: .values(low), weights: weights.with { max($0, 0) }, isSubtracted: true))
      terms.append(
        .init(input: .values(high), weights: weights.with { min($0, 0) }, isSubtracted: true))
      return [.init(factor: 1, terms: terms)]
    case .wSquare:
      return [.init(factor: 1, terms: [.init(input: .ones, weights: weights.with { $0 * $0 })])]
    case .flat:
      return [
        .init(
          factor: 1, terms: [.init(input: .ones, weights: weights.with(bias: false) { _ in 1 })])
      ]
    }
  }

  /// Positive inputs with one part of the weights, negative ones with another, which has no bias.
  private func share(
    _ factor: Float, _ forPositive: (Float) -> Float, _ forNegative: (Float) -> Float,
    _ node: Graph.Node, _ weights: RelevanceWeights,
    where condition: WeightedRelevance.Condition = .always
  ) -> WeightedRelevance.Share {
    var terms = [
      WeightedRelevance.Term(input: .positive, weights: weights.with(forPositive))
    ]
    if !nonNegative.contains(node.inputs[0]) {
      terms.append(.init(input: .negative, weights: weights.with(bias: false, forNegative)))
    }
    return WeightedRelevance.Share(factor: factor, terms: terms, condition: condition)
  }

  /// The lowest and highest values of a first layer's input: what black and white become on the way
  /// there.
  private func bounds(_ node: Graph.Node) throws -> (low: [Float], high: [Float]) {
    let space = model.space
    let planes = ChannelPlanes(model.graph[model.input].shape, channels: space.black.count)
    var ends = [planes.filled(space.black), planes.filled(space.white)]
    if node.inputs[0] != model.input {
      let prepared = try model.prepared(
        PlanRequest(provided: [model.input], outputs: [node.inputs[0]]))
      let workspace = Workspace(prepared.plan)
      for (lane, end) in ends.enumerated() { workspace[model.input].setSample(lane, to: end) }
      workspace.forward(prepared.weights)
      ends = [0, 1].map { workspace[node.inputs[0]].readOnly.sample($0) }
    }
    return (zip(ends[0], ends[1]).map { min($0, $1) }, zip(ends[0], ends[1]).map { max($0, $1) })
  }
}

extension Operation {
  /// Whether the output is known not to be negative, given whether all inputs are.
  fileprivate func isNonNegative(inputs: Bool) -> Bool {
    switch self {
    case .pointwise(let layer): layer.kind.isNonNegative
    case .averagePooling, .concatenation, .depthToSpace, .dropout, .expand, .gather, .globalPooling,
      .identity, .maxPooling, .reshape, .resize, .slice, .spaceToDepth, .tile, .transpose:
      inputs
    case .arithmetic(let layer): inputs && (layer.kind == .add || layer.kind == .multiply)
    case .arithmeticConstant, .batchNormalization, .convolution, .dense, .groupNormalization,
      .layerNormalization, .localResponseNormalization, .lpNormalization, .matrixProduct, .padding,
      .parametricReLU, .reduction, .softmax, .transposedConvolution:
      false
    }
  }
}

extension PointwiseKind {
  fileprivate var isNonNegative: Bool {
    switch self {
    case .relu, .sigmoid, .hardSigmoid, .softplus, .absolute: true
    case .clippedReLU(let low, _): low >= 0
    case .thresholdedReLU(let threshold): threshold >= 0
    case .ceiling, .celu, .cosine, .elu, .erf, .exponential, .floor, .gelu, .hardSwish, .leakyReLU,
      .logarithm, .mish, .negation, .power, .reciprocal, .round, .selu, .sign, .silu, .sine,
      .softsign, .square, .squareRoot, .tanh:
      false
    }
  }
}
