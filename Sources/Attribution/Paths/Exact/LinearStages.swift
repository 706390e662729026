import Networks
import Tensors

/// A network cut into stages, each of which bends only at its beginning.
///
/// Between two cuts lies a layer of functions with kinks, and then affine ones up to the next kinks.
/// On an interval of a path on which the values at a cut run straight, the next stage bends where
/// its ``Kink``s say, and between those points all values at the next cut run straight.
///
/// A ReLU beside a max pooling, before or after it, bends with it: `max(0, z₁, …, zₙ)` is one broken
/// line with fewer breaks than its parts.
struct LinearStages: Sendable {
  /// The values that are alive at each cut. The first are affine functions of the input, the last
  /// are the logits alone.
  private(set) var states: [[Graph.ValueID]] = []

  /// For each stage but the last cut, what bends in it.
  private(set) var kinks: [[Kink]]

  /// From the input to the first cut, and from each cut to the next.
  private(set) var requests: [PlanRequest] = []

  /// The share of a pass through the whole network that each request takes.
  private(set) var shares: [Double] = []

  init(_ model: NetworkModel, method: String) throws(MethodError) {
    let graph = model.graph
    let nodes = model.nodesToLogits
    if let node = nodes.first(where: { !$0.isLinearInPieces(graph) }) {
      throw .impossible(
        method: method, setting: "exact", reason: .notPiecewiseLinear(node: node.name))
    }
    let merged = Self.rectifiedPools(nodes, model)
    var stage = Array(repeating: 0, count: graph.values.count)
    var found: [Int: [Kink]] = [:]
    for node in nodes {
      var depth = node.inputs.reduce(0) { max($0, stage[$1.index]) }
      if case .second = merged[node.output] {
        // Bends with the node before it.
      } else if let kink = merged[node.output]?.kink(graph) ?? Kink(node, graph) {
        found[depth, default: []].append(kink)
        depth += 1
      }
      stage[node.output.index] = depth
    }
    let depth = stage[model.logits.index]
    kinks = (0..<depth).map { found[$0] ?? [] }
    states = (0..<depth).map { cut in
      let read = nodes.filter { stage[$0.output.index] > cut }.flatMap(\.inputs)
      return Set(read).filter { stage[$0.index] <= cut }.sorted { $0.index < $1.index }
    }
    states.append([model.logits])
    let costs = nodes.map { node in
      Double(graph[node.output].producer.map(graph.multiplyAdds(of:)) ?? 0)
    }
    let whole = max(1, costs.reduce(0, +))
    for (cut, outputs) in states.enumerated() {
      let provided = cut == 0 ? [model.input] : states[cut - 1]
      var request = PlanRequest(provided: provided, outputs: outputs).withGradients(at: provided)
      request.kernels = model.kernels
      request.keeps = .all
      // Its rounding is ten times that of a plain sum.
      request.allowsWinograd = false
      requests.append(request)
      let own = zip(nodes, costs).filter { stage[$0.0.output.index] == cut }
      shares.append(own.reduce(0) { $0 + $1.1 } / whole)
    }
  }

  /// The part of a ReLU and a max pooling in a pair of them, by what it makes.
  private enum PairPart {
    /// The first of the two; the floor comes with it.
    case first(pool: Graph.Node, input: Graph.ValueID)
    case second

    func kink(_ graph: Graph) -> Kink? {
      guard case .first(let pool, let input) = self else { return nil }
      return .extremes(of: input, PlaceLists(pool, graph), hasFloor: true, isLargest: true)
    }
  }

  /// Max poolings and ReLUs of which one is the other's only reader.
  private static func rectifiedPools(
    _ nodes: [Graph.Node], _ model: NetworkModel
  ) -> [Graph.ValueID: PairPart] {
    var parts: [Graph.ValueID: PairPart] = [:]
    for node in nodes where parts[node.output] == nil && node.output != model.logits {
      let readers = nodes.filter { $0.inputs.contains(node.output) }
      guard readers.count == 1, let reader = readers.first else { continue }
      switch (node.operation.secantKind, reader.operation.secantKind) {
      case (.rectifier, .maxPooling):
        parts[node.output] = .first(pool: reader, input: node.inputs[0])
      case (.maxPooling, .rectifier):
        parts[node.output] = .first(pool: node, input: node.inputs[0])
      default: continue
      }
      parts[reader.output] = .second
    }
    return parts
  }
}

extension Graph.Node {
  fileprivate func isLinearInPieces(_ graph: Graph) -> Bool {
    switch operation.secantKind {
    case .affine, .maxPooling, .extremeOfTwo, .extremeOfMany, .sumOfMagnitudes: true
    case .rectifier, .pointwise(isPiecewiseLinear: true):
      graph[inputs[0]].shape.count == graph[output].shape.count
    case .pointwise(isPiecewiseLinear: false), .product, .none: false
    }
  }
}

extension NetworkModel {
  /// The nodes that the logits depend on, in order.
  var nodesToLogits: [Graph.Node] {
    var wanted: Set<Graph.ValueID> = [logits]
    var nodes: [Graph.Node] = []
    for node in graph.nodes.reversed() where wanted.contains(node.output) {
      wanted.formUnion(node.inputs)
      nodes.append(node)
    }
    return nodes.reversed()
  }
}
