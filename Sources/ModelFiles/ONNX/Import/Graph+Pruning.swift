import Networks

extension Graph {
  /// The network without nodes and parameters that `output` does not need, and where the input and
  /// the output are in it. Reading leaves such nodes where one transpose undoes another.
  func pruned(
    input: ValueID, output: ValueID
  ) throws(GraphError) -> (graph: Graph, input: ValueID, output: ValueID) {
    var isNeeded = Array(repeating: false, count: values.count)
    isNeeded[output.index] = true
    for node in nodes.reversed() where isNeeded[node.output.index] {
      for value in node.inputs { isNeeded[value.index] = true }
    }
    var pruned = Graph()
    var values: [ValueID: ValueID] = [:]
    var parameters: [ParameterID: ParameterID] = [:]
    values[input] = try pruned.addInput(self[input].name, self[input].shape)
    for node in nodes where isNeeded[node.output.index] {
      for id in node.parameters where parameters[id] == nil {
        parameters[id] = pruned.addParameter(self[id])
      }
      values[node.output] = try pruned.add(
        node.operation, name: node.name, inputs: node.inputs.compactMap { values[$0] },
        parameters: node.parameters.compactMap { parameters[$0] },
        output: self[node.output].name)
    }
    guard let newInput = values[input], let newOutput = values[output] else {
      preconditionFailure("value \(output.index) of \(self.values.count) is made by no node")
    }
    pruned.markOutput(newOutput)
    return (pruned, newInput, newOutput)
  }
}
