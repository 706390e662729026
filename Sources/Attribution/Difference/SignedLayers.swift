import Networks
import Tensors

/// The affine layers of a network with the positive and the negative half of their weights, and the
/// parts of changes that follow.
struct SignedLayers: Sendable {
  private let graph: Graph
  private let purpose: PlanPurpose
  private var weights: [Graph.NodeID: Halves] = [:]

  /// A layer's weights: as they are without bias where it weighs, else as they are; and their halves.
  struct Halves: Sendable {
    let whole: LayerWeights
    let positive: LayerWeights
    let negative: LayerWeights
  }

  init(_ model: NetworkModel) {
    graph = model.graph
    purpose = PlanPurpose(inputGradients: true, kernels: model.kernels, algorithms: .direct)
    for node in graph.nodes {
      guard let id = graph[node.output].producer else { continue }
      let parameters = node.parameters.map { graph[$0] }
      let splits = node.operation.signRole == .weighs
      weights[id] = Halves(
        whole: prepared(node, parameters),
        positive: prepared(node, splits ? Self.half(parameters) { max($0, 0) } : parameters),
        negative: prepared(node, splits ? Self.half(parameters) { min($0, 0) } : parameters))
    }
  }

  /// The weights changed, and biases left out, because they are the same at both ends.
  private static func half(
    _ parameters: [Parameter], _ change: (Float) -> Float
  ) -> [Parameter] {
    parameters.enumerated().map { slot, parameter in
      Parameter(
        parameter.name, parameter.shape, parameter.values.map { slot == 0 ? change($0) : 0 })
    }
  }

  private func prepared(_ node: Graph.Node, _ parameters: [Parameter]) -> LayerWeights {
    LayerWeights(
      node.operation.layer, inputs: node.inputs.map { graph[$0].shape }, purpose: purpose
    ) { parameters }
  }

  func weights(of node: Graph.NodeID) -> Halves {
    guard let weights = weights[node] else { preconditionFailure("no weights of \(node)") }
    return weights
  }

  /// A layer's output for other inputs.
  func run(_ id: Graph.NodeID, _ inputs: [LanesView], _ weights: LayerWeights) -> Lanes {
    let node = graph[id]
    let shapes = node.inputs.map { graph[$0].shape }
    let layer = node.operation.layer
    let output = Lanes(graph[node.output].shape)
    let cache = Lanes([max(1, layer.cacheCount(inputs: shapes))])
    let scratch = Lanes([max(1, layer.scratchCount(inputs: shapes))])
    withExtendedLifetime((cache, scratch)) {
      if layer.isView {
        output.mutableView.copy(inputs[0])
      } else {
        layer.forward(
          ForwardPass(
            inputs: inputs, inputShapes: shapes, output: output.mutableView,
            outputShape: output.shape, cache: cache.mutableView, scratch: scratch.mutableView,
            purpose: purpose, node: id.index), weights: weights)
      }
    }
    return output
  }

  /// A value's change between two workspaces in two parts, as the layer that made it splits it.
  ///
  /// What a layer carries on is split as what it carries was. One value after the other, as a network
  /// can be deeper than the stack; parts are kept until the last layer that carries them has them.
  func parts(of id: Graph.ValueID, _ here: Workspace, _ there: Workspace) -> SignedParts {
    var found: [Graph.ValueID: SignedParts] = [:]
    var readers: [Graph.ValueID: Int] = [id: 1]
    var open = [id]
    while let value = open.popLast() {
      for input in carried(by: value) {
        if readers[input] == nil { open.append(input) }
        readers[input, default: 0] += 1
      }
    }
    for value in readers.keys.sorted(by: { $0.index < $1.index }) {
      let carried = carried(by: value)
      found[value] = split(value, here, there, carried: carried.compactMap { found[$0] })
      for input in carried {
        readers[input, default: 0] -= 1
        if readers[input] == 0 { found[input] = nil }
      }
    }
    guard let parts = found[id] else { preconditionFailure("\(id) is not split") }
    return parts
  }

  /// The values whose parts a layer carries on to this one.
  private func carried(by id: Graph.ValueID) -> [Graph.ValueID] {
    guard let producer = graph[id].producer, graph[producer].operation.signRole == .carries else {
      return []
    }
    return graph[producer].inputs
  }

  /// - Parameter carried: the parts of the inputs of a layer that carries them on.
  private func split(
    _ id: Graph.ValueID, _ here: Workspace, _ there: Workspace, carried: [SignedParts]
  ) -> SignedParts {
    guard let producer = graph[id].producer else { return .bySign(here[id], there[id]) }
    let node = graph[producer]
    switch node.operation.signRole {
    case .bends, .other: return .bySign(here[id], there[id])
    case .weighs:
      let change = SignedParts.bySign(here[node.inputs[0]], there[node.inputs[0]])
      let halves = weights(of: producer)
      let parts = SignedParts(graph[id].shape)
      for (part, sign) in [(change.positive, true), (change.negative, false)] {
        for (weights, isPositive) in [(halves.positive, true), (halves.negative, false)] {
          let product = run(producer, [part.view], weights)
          withExtendedLifetime((part, product)) {
            (sign == isPositive ? parts.positive : parts.negative).mutableView.add(product.view)
          }
        }
      }
      return parts
    case .carries, .mixes:
      let parts = SignedParts(graph[id].shape)
      for (slot, input) in node.inputs.enumerated() {
        let own = carried.isEmpty ? .bySign(here[input], there[input]) : carried[slot]
        for part in [own.positive, own.negative] {
          let moved = Lanes(graph[input].shape)
          moved.mutableView.map(there[input].readOnly, part.view) { $0 + $1 }
          var inputs = node.inputs.map { there[$0].readOnly }
          inputs[slot] = moved.view
          let output = run(producer, inputs, weights(of: producer).whole)
          withExtendedLifetime((part, moved, output)) {
            parts.add(output.view, minus: there[id].readOnly)
          }
        }
      }
      return parts
    }
  }
}

/// The positive and the negative part of a change.
struct SignedParts {
  let positive: Lanes
  let negative: Lanes

  init(_ shape: Shape) {
    positive = Lanes(shape)
    negative = Lanes(shape)
  }

  /// Each element's change is all of one sign.
  static func bySign(_ here: MutableLanesView, _ there: MutableLanesView) -> SignedParts {
    let parts = SignedParts([here.count])
    parts.add(here.readOnly, minus: there.readOnly)
    return parts
  }

  /// Adds a change to the part of its sign.
  func add(_ here: LanesView, minus there: LanesView) {
    let (positive, negative) = (positive.mutableView, negative.mutableView)
    for i in 0..<here.count {
      let change = here[i] - there[i]
      positive[i] += change.replacing(with: 0, where: change .< 0)
      negative[i] += change.replacing(with: 0, where: change .> 0)
    }
  }
}
