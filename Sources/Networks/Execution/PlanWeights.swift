public import Tensors

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
  ///
  /// - Parameter others: plans for the same graph with their weights. What these packed of a layer
  ///   in the same way is not packed again.
  public func weights(
    of graph: Graph, sharing others: [(plan: Plan, weights: PlanWeights)] = []
  ) -> PlanWeights {
    PlanWeights(
      layers: steps.map { step in
        shared(step, others) ?? packed(step, LayerWeights(parameters: []), graph)
      })
  }

  /// A step's weights, if another plan has them.
  private func shared(
    _ step: PlanStep, _ others: [(plan: Plan, weights: PlanWeights)]
  ) -> LayerWeights? {
    for other in others {
      guard let place = other.plan.steps.firstIndex(where: { step.isPacked(like: $0) }) else {
        continue
      }
      return other.weights.layers[place]
    }
    return nil
  }

  /// Packs the parameters of `graph` again, into the same memory; the threads share the layers out.
  public func update(_ weights: inout PlanWeights, from graph: Graph, workers: Workers) {
    let (layers, last) = (weights.layers, steps.count - 1)
    // From the last on, because those tend to be the largest.
    weights.layers = workers.map(steps.count) { packed(steps[last - $0], layers[last - $0], graph) }
      .reversed()
  }

  private func packed(_ step: PlanStep, _ weights: LayerWeights, _ graph: Graph) -> LayerWeights {
    var weights = weights
    let own = step.parameters.map { graph[$0] }
    weights.parameters = step.normalization?.merged(into: own, of: graph) ?? own
    step.layer.prepare(
      weights.parameters, inputs: step.inputs.map { shapes[$0.index] }, purpose: step.purpose,
      weights: &weights)
    return weights
  }
}
