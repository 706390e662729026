import Tensors

/// How far a change of the input reaches: for each value, the part of it that has to be computed.
struct Course: Sendable {
  /// By value.
  private(set) var reaches: [Reach]

  enum Reach: Sendable {
    /// The value stays as it is.
    case nothing

    /// A rectangle of it is computed and may differ from what was. Of a tile of Winograd's that is all
    /// of it: what a change reaches by no tap still rounds otherwise.
    case patch(LaneRectangle)

    case everything
  }

  subscript(value: Graph.ValueID) -> Reach { reaches[value.index] }

  /// Follows a change through the steps of a plan.
  init(_ plan: RecomputationPlan, changing rectangle: LaneRectangle) {
    reaches = Array(repeating: .nothing, count: plan.graph.values.count)
    reaches[plan.input.index] = .patch(rectangle)
    for (index, step) in plan.base.steps.enumerated() where step.computes {
      reaches[step.made.index] = reach(of: step, plan.kinds[index], plan.graph)
    }
  }

  private func reach(of step: PlanStep, _ kind: StepKind, _ graph: Graph) -> Reach {
    var changed: LaneRectangle?
    for input in step.inputs {
      switch self[input] {
      case .nothing: continue
      case .everything: return .everything
      case .patch(let own):
        let shape = graph[input].shape
        changed = changed.map { $0.union(own, height: shape[1], width: shape[2]) } ?? own
      }
    }
    guard let changed else { return .nothing }
    switch kind {
    case .whole:
      return .everything
    case .alias, .pixelwise:
      return .patch(changed)
    case .window(let window):
      let rectangle = window.tiles(holding: window.reached(by: changed))
      let output = graph[step.output].shape
      // Nearly all of it: to compute everything costs no more than to put a border around that.
      guard 5 * rectangle.height * rectangle.width < 4 * output[1] * output[2] else {
        return .everything
      }
      return .patch(rectangle)
    }
  }
}

extension PlanStep {
  /// Whether there is a value that is made in this step.
  var computes: Bool { runsForward || layer.isView }

  var made: Graph.ValueID { layer.isView ? output : written }
}

extension LaneRectangle {
  /// The smallest rectangles that hold both.
  fileprivate func union(_ other: LaneRectangle, height: Int, width: Int) -> LaneRectangle {
    LaneRectangle(
      rows: rows.union(other.rows, length: height),
      columns: columns.union(other.columns, length: width))
  }
}
