/// Which nodes a request needs, forward and backward, in the order in which they run.
struct NodeSelection {
  /// The needed nodes; a position in this list is a moment in time.
  private(set) var nodes: [Graph.NodeID] = []

  /// For each value: whether ∂L/∂value is computed: a seed depends on it, and it leads to what is
  /// wanted.
  private(set) var hasGradient: [Bool]

  /// For each needed node: whether its backward runs.
  private(set) var runsBackward: [Bool] = []

  init(_ graph: Graph, _ request: PlanRequest) throws(PlanError) {
    hasGradient = Array(repeating: false, count: graph.values.count)
    nodes = try Self.neededNodes(graph, request)
    let reached = Self.dependents(graph, request, nodes)
    let seen = Self.ancestors(graph, request, nodes)
    for index in hasGradient.indices { hasGradient[index] = reached[index] && seen[index] }
    for value in request.gradients where !hasGradient[value.index] {
      throw .gradientDoesNotReach(value: graph[value].name)
    }
    let wanted = Set(request.parameterGradients)
    runsBackward = nodes.map { id in
      let node = graph[id]
      return seen[node.output.index]
        && (node.inputs.contains { hasGradient[$0.index] }
          || node.parameters.contains(where: wanted.contains))
    }
  }

  /// The nodes between what is provided and what is wanted.
  private static func neededNodes(
    _ graph: Graph, _ request: PlanRequest
  ) throws(PlanError) -> [Graph.NodeID] {
    let provided = Set(request.provided)
    var isNeeded = Array(repeating: false, count: graph.nodes.count)
    var open = request.outputs + request.seeds + request.gradients
    while let value = open.popLast() {
      guard !provided.contains(value) else { continue }
      guard let producer = graph[value].producer else {
        throw .missingInput(value: graph[value].name)
      }
      guard !isNeeded[producer.index] else { continue }
      isNeeded[producer.index] = true
      open += graph[producer].inputs
    }
    return isNeeded.indices.filter { isNeeded[$0] }.map(Graph.NodeID.init(index:))
  }

  /// For each value: whether it depends on a value or parameter whose gradient is wanted, or is one.
  private static func dependents(
    _ graph: Graph, _ request: PlanRequest, _ nodes: [Graph.NodeID]
  ) -> [Bool] {
    var depends = Array(repeating: false, count: graph.values.count)
    for value in request.gradients { depends[value.index] = true }
    let wanted = Set(request.parameterGradients)
    for id in nodes {
      let node = graph[id]
      if node.inputs.contains(where: { depends[$0.index] })
        || node.parameters.contains(where: wanted.contains)
      {
        depends[node.output.index] = true
      }
    }
    return depends
  }

  /// For each value: whether a seed depends on it, or it is one.
  private static func ancestors(
    _ graph: Graph, _ request: PlanRequest, _ nodes: [Graph.NodeID]
  ) -> [Bool] {
    var isAncestor = Array(repeating: false, count: graph.values.count)
    for value in request.seeds { isAncestor[value.index] = true }
    for id in nodes.reversed() where isAncestor[graph[id].output.index] {
      for input in graph[id].inputs { isAncestor[input.index] = true }
    }
    return isAncestor
  }
}
