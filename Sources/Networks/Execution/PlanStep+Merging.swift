import Tensors

// Layers that take part in a step beside them, mostly the one before.
extension PlanStep {
  /// Where a batch normalisation is the only reader of a layer with weights, and nothing is learned,
  /// lets the layer's weights do its work.
  static func mergeNormalizations(_ steps: inout [PlanStep], _ request: PlanRequest) {
    let (readers, visible) = (readers(of: steps), request.visibleValues)
    var isMerged = Array(repeating: false, count: steps.count)
    for position in steps.indices {
      let step = steps[position]
      guard step.layer.hasWeightRows, step.isFixed,
        !step.backwardReads.contains(.output), !visible.contains(step.output),
        let reader = readers[step.output], reader.count == 1,
        case .batchNormalization(let layer) = steps[reader[0]].operation,
        steps[reader[0]].isFixed, steps[reader[0]].backwardReads.isEmpty
      else { continue }
      let normalization = steps[reader[0]]
      steps[position].output = normalization.output
      steps[position].written = normalization.written
      steps[position].normalization = MergedNormalization(
        layer: layer, parameters: normalization.parameters)
      isMerged[reader[0]] = true
    }
    steps = zip(steps, isMerged).filter { !$1 }.map(\.0)
  }

  /// Whether it does the same to every sample, and nobody asks how its parameters should change.
  private var isFixed: Bool { !purpose.isTraining && !purpose.parameterGradients }

  /// For each value, the positions of the steps that read it.
  private static func readers(of steps: [PlanStep]) -> [Graph.ValueID: [Int]] {
    var readers: [Graph.ValueID: [Int]] = [:]
    for (position, step) in steps.enumerated() {
      for input in step.inputs { readers[input, default: []].append(position) }
    }
    return readers
  }

  /// Where a ReLU is read by a max pooling only, and a rule takes both together, lets the pooling be
  /// the first: the ReLU has a fourth of the elements left, and what is kept is half as much.
  static func mergeRectifiedPoolings(_ steps: inout [PlanStep], _ request: PlanRequest) {
    let (readers, visible) = (readers(of: steps), request.visibleValues)
    var isMerged = Array(repeating: false, count: steps.count)
    for (position, step) in steps.enumerated() {
      guard case .pointwise(let pointwise) = step.operation, case .relu = pointwise.kind,
        step.runsForward, step.written == step.output, !visible.contains(step.output),
        let reader = readers[step.output], reader.count == 1,
        case .maxPooling = steps[reader[0]].operation,
        request.keeps.isRectified(steps[reader[0]].node)
      else { continue }
      steps[reader[0]].inputs = step.inputs
      steps[reader[0]].bounds = pointwise.kind.bounds
      steps[reader[0]].isRectified = true
      isMerged[position] = true
    }
    steps = zip(steps, isMerged).filter { !$1 }.map(\.0)
  }

  /// Where a ReLU or a clip is the only reader of a layer that can hold its output between bounds, lets
  /// the layer write its result.
  static func mergeBounds(
    _ steps: inout [PlanStep], _ graph: Graph, _ request: PlanRequest
  ) {
    let (readers, visible) = (readers(of: steps), request.visibleValues)
    for position in steps.indices {
      let step = steps[position]
      guard let layer = step.layer.asBounding, !step.backwardReads.contains(.output),
        !visible.contains(step.output), let reader = readers[step.output], reader.count == 1,
        case .pointwise(let pointwise) = graph[steps[reader[0]].node].operation,
        let bounds = pointwise.kind.bounds,
        !steps[reader[0]].backwardReads.contains(.inputs)
      else { continue }
      steps[position].written = steps[reader[0]].output
      steps[position].bounds = bounds
      steps[reader[0]].runsForward = false
      if case .relu = pointwise.kind, layer.takesRectifierGradient(purpose: step.purpose) {
        steps[position].isRectified = true
        steps[reader[0]].isDoneBefore = true
        steps[reader[0]].backwardReads = []
      }
    }
  }
}

extension PlanRequest {
  /// What callers read or write between passes.
  fileprivate var visibleValues: Set<Graph.ValueID> {
    Set(provided + outputs + seeds + gradients)
  }
}
