import Tensors

// Rough costs, to choose between ways of putting changes together. Nothing but time depends on them.
extension RecomputationPlan {
  /// What computing changes takes, in multiply-adds of sixteen lanes.
  public func cost(of course: Course) -> Double {
    var cost = 0.0
    for (index, step) in base.steps.enumerated() where step.computes {
      cost += Self.costOfAStep
      switch course[step.made] {
      case .nothing: continue
      case .everything:
        cost += wholeCosts[index]
        for input in step.inputs {
          guard case .part(let part) = course[input] else { continue }
          let shape = graph[input].shape
          cost += copyingCost(
            LaneRectangle(height: shape[1], width: shape[2]), channels: shape[0],
            isUniform: part.areas.isUniform)
        }
      case .part(let part):
        let shape = graph[step.made].shape
        var elements = shape[1] * shape[2]
        if case .window(let window) = kinds[index] {
          elements = window.vertical.tiledLength * window.horizontal.tiledLength
          cost += copyingCost(
            window.read(by: part.computed), channels: graph[step.inputs[0]].shape[0],
            isUniform: part.areas.isUniform)
        } else if step.inputs.count > 1 {
          cost += copyingCost(
            part.computed, channels: shape[0], isUniform: part.areas.isUniform)
        }
        cost +=
          wholeCosts[index] * Double(part.computed.height * part.computed.width)
          / Double(elements)
      }
    }
    return cost
  }

  /// What a step takes besides the work: finding its places, putting its pass together.
  private static let costOfAStep = 10_000.0

  /// What computing everything takes.
  public var wholeCost: Double { wholeCosts.reduce(0, +) }

  /// What computing everything of one sample takes; see ``SamplePass``.
  public var sampleCost: Double { wholeCost / 8 }

  private func copyingCost(
    _ rectangle: LaneRectangle, channels: Int, isUniform: Bool
  ) -> Double {
    Double(channels * rectangle.height * rectangle.width) * (isUniform ? 8 : 24)
  }

  /// For each step, what computing all of it takes.
  static func wholeCosts(_ graph: Graph, _ steps: [PlanStep], _ kinds: [StepKind]) -> [Double] {
    zip(steps, kinds).map { step, kind in
      guard step.runsForward else { return 0 }
      let elements = Double(graph[step.output].shape.count)
      let multiplyAdds = Double(graph.multiplyAdds(of: step.node))
      guard case .window(let window) = kind else { return multiplyAdds + 4 * elements }
      switch window.layer {
      case .convolution(_, .direct):
        return multiplyAdds + elements
      case .convolution(_, .winograd(let tile)):
        // The products that remain, and half as much for the transforms.
        let made = tile.output * tile.kernel
        return 1.5 * multiplyAdds * Double(tile.input * tile.input) / Double(made * made)
      case .maxPooling, .averagePooling:
        return elements * Double(window.vertical.span * window.horizontal.span)
      }
    }
  }
}
