public import Tensors

/// The parameters of a network as a plan's kernels want them: packed once, read by all threads.
public struct PlanWeights: Sendable {
  /// For each step of the plan.
  var layers: [LayerWeights]

  /// The memory that packing takes, besides the parameters themselves and what others hold as well.
  public func bytes(besides others: [PlanWeights] = []) -> Int {
    let known = Set(others.flatMap(\.blocks).map(ObjectIdentifier.init))
    return blocks.filter { !known.contains(ObjectIdentifier($0)) }
      .reduce(0) { $0 + $1.count * MemoryLayout<Float>.stride }
  }

  private var blocks: [AlignedFloats] { layers.flatMap(\.packed) }
}

extension Plan {
  /// Packs the parameters of `graph`, which is the one the plan was made for, perhaps with other
  /// values in its parameters.
  ///
  /// - Parameters:
  ///   - others: plans for the same graph with their weights. What these packed of a layer in the same
  ///     way is not packed again.
  ///   - workers: share the layers out, if there are any.
  public func weights(
    of graph: Graph, sharing others: [(plan: Plan, weights: PlanWeights)] = [],
    workers: Workers? = nil
  ) -> PlanWeights {
    // From the last on, because those tend to be the largest.
    let layers = workers.map(steps.count) { number in
      let step = steps[steps.count - 1 - number]
      return LayerWeights(
        step.layer, inputs: inputShapes(step), purpose: step.purpose,
        sharing: others.compactMap { $0.plan.weights(like: step, $0.weights) },
        parameters: { parameters(of: step, in: graph) })
    }
    return PlanWeights(layers: layers.reversed())
  }

  /// Packs the parameters of `graph` again, into the same memory; the threads share the layers out.
  public func update(_ weights: inout PlanWeights, from graph: Graph, workers: Workers) {
    let (layers, last) = (weights.layers, steps.count - 1)
    weights.layers = workers.map(steps.count) { number in
      var layer = layers[last - number]
      layer.update(parameters(of: steps[last - number], in: graph))
      return layer
    }.reversed()
  }

  /// The parameters that a step computes with: a batch normalisation may be merged into them.
  func parameters(of step: PlanStep, in graph: Graph) -> [Parameter] {
    let own = step.parameters.map { graph[$0] }
    return step.normalization?.merged(into: own, of: graph) ?? own
  }

  /// The weights of a layer that another plan runs with the same parameters.
  private func weights(like step: PlanStep, _ weights: PlanWeights) -> LayerWeights? {
    steps.firstIndex { $0.hasWeights(of: step) }.map { weights.layers[$0] }
  }

  private func inputShapes(_ step: PlanStep) -> [Shape] {
    step.inputs.map { shapes[$0.index] }
  }
}
