/// Which nodes the output needs, in an order in which they can run.
///
/// The format asks for sorted nodes, but not every file keeps to it; a file may also be made to send
/// its reader in circles.
struct NodeOrder {
  let nodes: [ONNX.Node]

  /// `given` are the names that stand for something before the first node: inputs and initialisers.
  init(
    _ graph: ONNX.Graph, needed: [String], given: Set<String>
  ) throws(ModelFileError) {
    var producer: [String: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs where !output.isEmpty {
        guard producer.updateValue(index, forKey: output) == nil, !given.contains(output) else {
          throw .duplicateName(output)
        }
      }
    }

    // Depth first with a stack of our own, as a file can be deeper than ours.
    var state = Array(repeating: State.untouched, count: graph.nodes.count)
    var order: [Int] = []
    var stack: [Int] = []
    for name in needed where !given.contains(name) {
      guard let index = producer[name] else { throw .missingValue(name: name, node: "output") }
      stack.append(index)
      while let current = stack.last {
        switch state[current] {
        case .done: stack.removeLast()
        case .open:
          state[current] = .done
          order.append(current)
          stack.removeLast()
        case .untouched:
          state[current] = .open
          for input in graph.nodes[current].inputs.reversed()
          where !input.isEmpty && !given.contains(input) {
            guard let source = producer[input] else {
              throw .missingValue(name: input, node: graph.nodes[current].label)
            }
            switch state[source] {
            case .untouched: stack.append(source)
            case .open: throw .cycle(nodes: Self.cycle(through: source, stack, state, graph))
            case .done: break
            }
          }
        }
      }
    }
    // The file's own order where it will do, so that a network written again stays as it was.
    let sorted = order.sorted()
    let isRunnable = sorted.allSatisfy { index in
      graph.nodes[index].inputs.allSatisfy { producer[$0].map { $0 < index } ?? true }
    }
    nodes = (isRunnable ? sorted : order).map { graph.nodes[$0] }
  }

  private enum State { case untouched, open, done }

  private static func cycle(
    through index: Int, _ stack: [Int], _ state: [State], _ graph: ONNX.Graph
  ) -> [String] {
    let open = stack.filter { state[$0] == .open }
    let start = open.firstIndex(of: index) ?? open.startIndex
    return open[start...].map { graph.nodes[$0].label }
  }
}

extension ONNX.Node {
  /// What the node is called: its name, or what it does and makes.
  var label: String {
    if !name.isEmpty { return name }
    return outputs.first.map { "\(operation) \($0)" } ?? operation
  }
}
