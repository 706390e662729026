import Networks
import Tensors

/// Runs a graph one node at a time, each in memory of its own: the oracle of plans, which share
/// memory, merge steps and leave out what nobody wants.
struct PlainEvaluator {
  private let graph: Graph
  private let purpose: PlanPurpose

  /// For each value, its elements in every sample.
  private(set) var values: [Graph.ValueID: [[Float]]]

  /// For each value on the way from a seed, its gradient in every sample.
  private(set) var gradients: [Graph.ValueID: [[Float]]] = [:]

  private(set) var parameterGradients: [Graph.ParameterID: [Float]] = [:]

  /// Computes every value from the given ones.
  init(
    _ graph: Graph, provided: [Graph.ValueID: [[Float]]],
    purpose: PlanPurpose = PlanPurpose(inputGradients: true, parameterGradients: true)
  ) throws {
    self.graph = graph
    self.purpose = purpose
    values = provided
    for node in graph.nodes where values[node.output] == nil {
      guard node.inputs.allSatisfy({ values[$0] != nil }) else { continue }
      let zeros = Array(repeating: Float(0), count: graph[node.output].shape.count)
      let samples = values[node.inputs[0]]?.count ?? 0
      values[node.output] = try run(node, Array(repeating: zeros, count: samples)).outputs
    }
  }

  /// Sends gradients back from the seeds; gradients that meet are added in the order of arrival.
  mutating func backward(seeds: [Graph.ValueID: [[Float]]]) throws {
    gradients = seeds
    for node in graph.nodes.reversed() {
      guard let dOutputs = gradients[node.output] else { continue }
      guard node.inputs.allSatisfy({ values[$0] != nil }) else { continue }
      let result = try run(node, dOutputs)
      for (slot, input) in node.inputs.enumerated() {
        gradients[input] = sum(gradients[input], result.dInputs[slot])
      }
      for (slot, parameter) in node.parameters.enumerated() {
        parameterGradients[parameter] =
          sum(parameterGradients[parameter].map { [$0] }, [result.dParameters[slot]])[0]
      }
    }
  }

  private func run(_ node: Graph.Node, _ dOutputs: [[Float]]) throws -> LayerRun {
    try LayerRun(
      node.operation, inputs: node.inputs.map { values[$0] ?? [] },
      shapes: node.inputs.map { graph[$0].shape }, parameters: node.parameters.map { graph[$0] },
      dOutputs: dOutputs, purpose: purpose)
  }

  private func sum(_ first: [[Float]]?, _ second: [[Float]]) -> [[Float]] {
    guard let first else { return second }
    return zip(first, second).map { zip($0, $1).map(+) }
  }
}
