import Tensors

/// The parameters of a network as a plan's kernels want them: packed once, read by all threads.
public struct PlanWeights: Sendable {
  /// For each step of the plan.
  var layers: [LayerWeights]

  /// The memory that packing takes, besides the parameters themselves.
  public var bytes: Int {
    layers.reduce(0) { sum, layer in
      sum + layer.packed.reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride }
    }
  }
}

extension Plan {
  /// Packs the parameters of `graph`, which is the one the plan was made for, perhaps with other
  /// values in its parameters.
  public func weights(of graph: Graph) -> PlanWeights {
    var weights = PlanWeights(layers: steps.map { _ in LayerWeights(parameters: []) })
    update(&weights, from: graph)
    return weights
  }

  /// Packs the parameters of `graph` again, into the same memory.
  public func update(_ weights: inout PlanWeights, from graph: Graph) {
    for (position, step) in steps.enumerated() {
      weights.layers[position].parameters = step.parameters.map { graph[$0] }
      step.layer.prepare(
        weights.layers[position].parameters, inputs: step.inputs.map { shapes[$0.index] },
        purpose: step.purpose, weights: &weights.layers[position])
    }
  }
}
