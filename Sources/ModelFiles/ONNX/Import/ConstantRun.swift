import Networks
import Tensors

/// Runs a node whose inputs are all known as the network would: what exporters leave of arithmetic
/// on weights, such as their standardisation.
enum ConstantRun {
  /// The node's results; its first input of floats takes the place of the picture.
  static func results(
    _ build: Operator.Build, _ context: NodeContext, _ budget: inout ReadingBudget
  ) throws(NodeProblem) -> [Constant] {
    for (index, input) in context.inputs.enumerated() {
      guard case .constant(let constant)? = input, constant.isFloat else { continue }
      return try results(build, context, varying: index, constant, &budget)
    }
    throw .constantInputs
  }

  private static func results(
    _ build: Operator.Build, _ context: NodeContext, varying index: Int, _ constant: Constant,
    _ budget: inout ReadingBudget
  ) throws(NodeProblem) -> [Constant] {
    guard let shape = Shape(checking: constant.axes), shape.count <= ReadingLimits.elements else {
      throw .tooLarge(axes: constant.axes)
    }
    var builder = GraphBuilder(fixedBatch: 1, names: Set(context.node.outputs))
    builder.allow(fileSize: budget.fileSize)
    let source: Activation
    do {
      source = try builder.addInput("constant", shape, batchAxis: nil)
    } catch {
      throw .wrongAttribute(name: "output", value: "constant")
    }
    let values = try build(context.replacing(index, by: source), &builder)

    let graph = builder.graph
    let elements = graph.values.reduce(0) { $0 + $1.shape.count }
    try budget.takeRun(elements: elements + graph.multiplyAdds / 16, axes: constant.axes)
    let outputs = values.compactMap { value in
      if case .activation(let activation) = value { activation.value } else { nil }
    }
    guard
      let plan = try? Plan(
        graph, PlanRequest(provided: [source.value], outputs: Array(Set(outputs))))
    else { throw .constantInputs }
    guard plan.workspaceBytes <= budget.runBytes else { throw .tooLarge(axes: constant.axes) }
    let workspace = Workspace(plan)
    workspace[source.value].fill(.zero)
    workspace[source.value].setSample(0, to: try constant.floats())
    workspace.forward(plan.weights(of: graph), group: GroupContext(activeLanes: 1))
    return values.map { value in
      switch value {
      case .constant(let constant): constant
      case .activation(let result):
        Constant(
          axes: result.dimensions.map { $0.value(batch: 1) ?? 1 },
          floats: workspace[result.value].readOnly.sample(0))
      }
    }
  }
}
