import Tensors

/// What counts as changed of a tile of Winograd's that a change reaches in part.
public enum TileRule: Sendable, Hashable {
  /// All of it: the results have the bits of the whole pass. What no tap reaches may round otherwise
  /// there, because a tile's outputs are made of sums and differences of all of its inputs.
  case whole

  /// What a tap reaches; the rest stays as it was. The results differ from those of the whole pass by
  /// such roundings, some 1e-7 of the logits, and a change spreads far less from layer to layer.
  case reached
}

/// How far a change of the input reaches: for each value, the part of it that has to be computed.
///
/// A lane's part depends on its own change alone, not on those beside it, and so do its results.
public struct Course: Sendable {
  /// The changed part of the input, and what is computed of it.
  let input: Part

  /// By value.
  private(set) var reaches: [Reach]

  /// What is computed side by side, and which of it counts; the rest stays as it is.
  struct Part: Sendable {
    let areas: LaneAreas
    let computed: LaneRectangle
  }

  enum Reach: Sendable {
    /// The value stays as it is.
    case nothing
    case part(Part)
    case everything
  }

  subscript(value: Graph.ValueID) -> Reach { reaches[value.index] }

  /// The rectangle of the input that holds the change in each lane.
  public var changed: LaneRectangle { input.computed }

  /// Follows changes of these areas of the input through the steps of a plan.
  init(_ plan: RecomputationPlan, changing areas: LaneAreas, _ rule: TileRule) {
    let shape = plan.graph[plan.input].shape
    input = Part(
      areas: areas,
      computed: LaneRectangle(holding: areas, height: shape[1], width: shape[2]))
    reaches = Array(repeating: .nothing, count: plan.graph.values.count)
    reaches[plan.input.index] = .part(input)
    for (index, step) in plan.base.steps.enumerated() where step.computes {
      reaches[step.made.index] = reach(of: step, plan.kinds[index], plan.graph, rule)
    }
  }

  private func reach(
    of step: PlanStep, _ kind: StepKind, _ graph: Graph, _ rule: TileRule
  ) -> Reach {
    var parts: [Part] = []
    for input in step.inputs {
      switch self[input] {
      case .nothing: continue
      case .everything: return .everything
      case .part(let part): parts.append(part)
      }
    }
    guard let first = parts.first else { return .nothing }
    let areas = parts.dropFirst().reduce(first.areas) { $0.union($1.areas) }
    switch kind {
    case .whole:
      return .everything
    case .alias:
      return .part(first)
    case .pixelwise:
      // Where one operand's rectangle will do, that one need not be moved.
      let shape = graph[step.output].shape
      let computed =
        parts.map(\.computed).first { $0.areas.holds(areas) }
        ?? LaneRectangle(holding: areas, height: shape[1], width: shape[2])
      return .part(Part(areas: areas, computed: computed))
    case .window(let window):
      return window.reach(of: areas, rule, output: graph[step.output].shape)
    }
  }
}

extension SlidingWindow {
  fileprivate func reach(of areas: LaneAreas, _ rule: TileRule, output: Shape) -> Course.Reach {
    let reached = reached(by: areas)
    guard !reached.isEmpty else { return .nothing }
    let tiles = tiles(holding: reached)
    let changed =
      switch rule {
      case .reached: reached
      case .whole:
        LaneAreas(
          rows: tiles.rows.clamped(to: output[1]), columns: tiles.columns.clamped(to: output[2]))
      }
    if changed.holds(LaneAreas(rows: 0..<output[1], columns: 0..<output[2])) { return .everything }
    let (height, width) = (vertical.tiledLength, horizontal.tiledLength)
    let computed = LaneRectangle(holding: tiles, height: height, width: width)
    // Nearly all of it: then all, which every lane has at the same place.
    guard 5 * computed.height * computed.width < 4 * height * width else {
      return .part(
        Course.Part(areas: changed, computed: LaneRectangle(height: height, width: width)))
    }
    return .part(Course.Part(areas: changed, computed: computed))
  }
}

extension PlanStep {
  /// Whether there is a value that is made in this step.
  var computes: Bool { runsForward || layer.isView }

  var made: Graph.ValueID { layer.isView ? output : written }
}
