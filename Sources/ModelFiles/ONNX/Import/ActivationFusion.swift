import Networks

/// Recognises activations that exporters write as several operators.
///
/// As one layer they are what people know them by, and one pass over memory instead of up to five.
/// The layers they are made of stay in the network only if somebody else reads them.
struct ActivationFusion {
  let graph: Graph

  /// The activation that the product of two values is, and what it is applied to.
  func product(_ a: Graph.ValueID, _ b: Graph.ValueID) -> (
    kind: PointwiseKind, source: Graph.ValueID
  )? {
    guard graph[a].shape == graph[b].shape else { return nil }
    for (x, gate) in [(a, b), (b, a)] {
      if let kind = gated(x, by: gate) { return (kind, x) }
      // (x / 2) · (1 + erf(x / √2))
      if let (half, source) = scaled(x), half == 0.5, isErrorGate(gate, of: source) {
        return (.gelu(.erf), source)
      }
    }
    return nil
  }

  /// The activation that a value times a constant is: x · (1 + erf(x / √2)) · ½.
  func product(
    _ value: Graph.ValueID, constant: Float
  ) -> (kind: PointwiseKind, source: Graph.ValueID)? {
    guard constant == 0.5, let node = producer(value), case .arithmetic(let layer) = node.operation,
      layer.kind == .multiply
    else { return nil }
    let (a, b) = (node.inputs[0], node.inputs[1])
    if isErrorGate(b, of: a) { return (.gelu(.erf), a) }
    return isErrorGate(a, of: b) ? (.gelu(.erf), b) : nil
  }

  private func gated(_ x: Graph.ValueID, by gate: Graph.ValueID) -> PointwiseKind? {
    guard let node = producer(gate), node.inputs == [x],
      case .pointwise(let layer) = node.operation
    else { return nil }
    if layer.kind == .sigmoid { return .silu }
    if case .hardSigmoid(let alpha, let beta) = layer.kind, isNear(alpha, 1 / 6), beta == 0.5 {
      return .hardSwish
    }
    return nil
  }

  /// Whether a value is 1 + erf(x / √2).
  private func isErrorGate(_ value: Graph.ValueID, of x: Graph.ValueID) -> Bool {
    guard let sum = producer(value), case .arithmeticConstant(let layer) = sum.operation,
      layer.kind == .add, number(sum) == 1, let error = producer(sum.inputs[0]),
      case .pointwise(let function) = error.operation, function.kind == .erf,
      let (factor, source) = scaled(error.inputs[0])
    else { return false }
    return source == x && isNear(factor, 0.70710678)
  }

  /// The factor and the source of a value that is another one times, or by, a number.
  private func scaled(_ value: Graph.ValueID) -> (Float, Graph.ValueID)? {
    guard let node = producer(value), case .arithmeticConstant(let layer) = node.operation,
      let number = number(node)
    else { return nil }
    if layer.kind == .multiply { return (number, node.inputs[0]) }
    guard layer.kind == .divide, layer.side == .right else { return nil }
    return (1 / number, node.inputs[0])
  }

  private func producer(_ value: Graph.ValueID) -> Graph.Node? {
    graph[value].producer.map { graph[$0] }
  }

  /// The only number of a node's parameter.
  private func number(_ node: Graph.Node) -> Float? {
    let values = graph[node.parameters[0]].values
    return values.count == 1 ? values[0] : nil
  }

  private func isNear(_ a: Float, _ b: Float) -> Bool { (a - b).magnitude <= 1e-6 }
}
