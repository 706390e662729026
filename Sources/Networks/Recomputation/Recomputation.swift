public import Tensors

/// The memory in which a ``RecomputationPlan`` runs: the unchanged pass of sixteen samples, and the
/// patches of one change at a time. One thread at a time uses it.
///
/// ```
/// recomputation.setBase { inputs in … }                       // once
/// let logits = recomputation.outputs(changing: rectangle) { patch in … }
/// ```
public final class Recomputation: @unchecked Sendable {
  public let plan: RecomputationPlan
  private let base: Workspace
  private let patches = BumpArena()
  private let working = BumpArena()
  private var wholes: [Graph.ValueID: Lanes] = [:]

  /// Of a base that has one sample in all lanes, the values that were gathered from.
  private var samples: [Graph.ValueID: AlignedFloats] = [:]
  private var hasOneSample = false

  /// What happened to each value.
  private var changes: [Change]

  /// What was covered in the base, to be put back.
  private var pasted: [(value: Graph.ValueID, rectangle: LaneRectangle, saved: LanesView)] = []

  enum Change {
    case none

    /// A rectangle of it may have other values.
    case patch(Patch)

    /// All of it may have.
    case whole(LanesView)
  }

  /// A part of a value that was computed anew.
  struct Patch {
    /// Where it lies.
    let rectangle: LaneRectangle
    let values: LanesView
  }

  public init(_ plan: RecomputationPlan) {
    self.plan = plan
    base = Workspace(plan.base)
    changes = Array(repeating: .none, count: plan.graph.values.count)
  }

  /// Runs the network on the unchanged inputs.
  ///
  /// - Parameter isOneSample: whether all lanes have the same.
  public func setBase(isOneSample: Bool = false, _ fill: (MutableLanesView) -> Void) {
    fill(base[plan.input])
    base.forward(plan.weights)
    hasOneSample = isOneSample
    samples.removeAll(keepingCapacity: true)
  }

  /// The outputs of the unchanged inputs.
  public var baseOutputs: LanesView { base[plan.output].readOnly }

  /// The outputs of the inputs with other values in a rectangle; valid until the next call.
  ///
  /// - Parameter fill: writes the rectangle's values, `[C, height, width]`.
  public func outputs(
    changing rectangle: LaneRectangle, _ fill: (MutableLanesView) -> Void
  ) -> LanesView {
    patches.reset()
    for index in changes.indices { changes[index] = .none }
    let channels = plan.graph[plan.input].shape[0]
    let patch = patches.take(channels * rectangle.height * rectangle.width)
    fill(patch)
    changes[plan.input.index] = .patch(
      Patch(rectangle: rectangle, values: patch.readOnly))
    let course = Course(plan, changing: rectangle)
    for (index, step) in plan.base.steps.enumerated() where step.computes {
      changes[step.made.index] = run(step, index, course[step.made])
    }
    let outputs = finished()
    putBack()
    return outputs
  }

  private func run(_ step: PlanStep, _ index: Int, _ reach: Course.Reach) -> Change {
    switch reach {
    case .nothing:
      return .none
    case .everything:
      return runWhole(step, index)
    case .patch(let rectangle):
      let values: LanesView
      switch plan.kinds[index] {
      case .window(let window): values = slide(window, to: rectangle, step, index)
      case .pixelwise: values = runPixelwise(step, index, on: rectangle)
      case .alias: return changes[step.inputs[0].index]
      case .whole: preconditionFailure("part of \(step.operation) computed")
      }
      return .patch(Patch(rectangle: rectangle, values: values))
    }
  }

  // MARK: Windows

  private func slide(
    _ window: SlidingWindow, to reached: LaneRectangle, _ step: PlanStep, _ index: Int
  ) -> LanesView {
    guard case .patch(let patch) = changes[step.inputs[0].index] else {
      preconditionFailure("a window over what has not changed in part")
    }
    working.reset()
    let region = window.read(by: reached)
    let input = step.inputs[0]
    let source: LanesView
    if region == patch.rectangle, isInside(region, of: input) {
      source = patch.values
    } else {
      let shape = plan.graph[input].shape
      let assembled = working.take(shape[0] * region.height * region.width)
      assembly(of: input).fill(assembled, region, patch: patch, outside: window.outside)
      source = assembled.readOnly
    }
    let channels = plan.graph[step.output].shape[0]
    let target = patches.take(channels * reached.height * reached.width)
    switch window.layer {
    case .convolution(let layer, let algorithm):
      let input = plan.graph[input].shape
      let whole = layer.kernel(input, .forward, step.purpose)
      let kernel = layer.kernelWithoutBorder(
        [input[0], region.height, region.width], algorithm, step.purpose)
      kernel.run(
        source, packed: plan.packedWeights(index, for: kernel, whole: whole),
        bias: plan.weights.layers[index].packed[0], bounds: step.bounds, into: target,
        scratch: working.take(kernel.scratchCount))
    case .maxPooling(let layer):
      layer.withoutBorder.forward(
        pass(
          step, [source], [[channels, region.height, region.width]], target,
          [channels, reached.height, reached.width]), weights: plan.weights.layers[index])
    case .averagePooling(let layer):
      layer.average(
        source, region, of: plan.graph[input].shape, into: target, reached, channels: channels)
    }
    return target.readOnly
  }

  private func isInside(_ rectangle: LaneRectangle, of value: Graph.ValueID) -> Bool {
    let shape = plan.graph[value].shape
    func fits(_ span: LaneSpan, _ length: Int) -> Bool {
      span.starts.min() >= 0 && Int(span.starts.max()) + span.length <= length
    }
    return fits(rectangle.rows, shape[1]) && fits(rectangle.columns, shape[2])
  }

  private func assembly(of value: Graph.ValueID, gathers: Bool = true) -> PatchAssembly {
    let shape = plan.graph[value].shape
    return PatchAssembly(
      channels: shape[0], height: shape[1], width: shape[2], base: base[value].readOnly,
      sample: gathers ? sample(of: value) : nil)
  }

  private func sample(of value: Graph.ValueID) -> AlignedFloats? {
    guard hasOneSample else { return nil }
    if let known = samples[value] { return known }
    // Nothing is as it was while patches stand in the base.
    guard pasted.isEmpty else { return nil }
    let sample = AlignedFloats(base[value].readOnly.sample(0))
    samples[value] = sample
    return sample
  }

  // MARK: Pixel by pixel

  private func runPixelwise(
    _ step: PlanStep, _ index: Int, on rectangle: LaneRectangle
  ) -> LanesView {
    working.reset()
    let inputs = step.inputs.map { input -> LanesView in
      var patch: Patch?
      if case .patch(let own) = changes[input.index] {
        if own.rectangle == rectangle { return own.values }
        patch = own
      }
      let assembled = working.take(
        plan.graph[input].shape[0] * rectangle.height * rectangle.width)
      assembly(of: input).fill(assembled, rectangle, patch: patch, outside: 0)
      return assembled.readOnly
    }
    func shape(_ value: Graph.ValueID) -> Shape {
      [plan.graph[value].shape[0], rectangle.height, rectangle.width]
    }
    let output = shape(step.output)
    let target = patches.take(output.count)
    step.layer.forward(
      pass(step, inputs, step.inputs.map(shape), target, output),
      weights: plan.weights.layers[index])
    return target.readOnly
  }

  // MARK: As a whole

  private func runWhole(_ step: PlanStep, _ index: Int) -> Change {
    working.reset()
    let inputs = step.inputs.map(whole)
    if step.layer.isView { return .whole(inputs[0]) }
    let shape = plan.graph[step.written].shape
    let target = wholes[step.written] ?? Lanes(shape)
    wholes[step.written] = target
    step.layer.forward(
      pass(step, inputs, step.inputs.map { plan.graph[$0].shape }, target.mutableView, shape),
      weights: plan.weights.layers[index])
    return .whole(target.view)
  }

  /// All of a value, with its patch put into the base until ``putBack()``.
  private func whole(_ value: Graph.ValueID) -> LanesView {
    switch changes[value.index] {
    case .whole(let view):
      return view
    case .none:
      return base[value].readOnly
    case .patch(let patch):
      let map = base[value]
      if !pasted.contains(where: { $0.value == value }) {
        let saved = patches.take(patch.values.count)
        assembly(of: value, gathers: false)
          .paste(patch.values, patch.rectangle, into: map, saved: saved)
        pasted.append((value, patch.rectangle, saved.readOnly))
      }
      return map.readOnly
    }
  }

  private func putBack() {
    for (value, rectangle, saved) in pasted.reversed() {
      assembly(of: value, gathers: false)
        .paste(saved, rectangle, into: base[value], saved: nil)
    }
    pasted.removeAll(keepingCapacity: true)
  }

  /// The outputs in memory that nobody writes before the next call.
  private func finished() -> LanesView {
    switch changes[plan.output.index] {
    case .none:
      return base[plan.output].readOnly
    case .whole, .patch:
      if let own = wholes[plan.output] { return own.view }
      let copy = patches.take(plan.graph[plan.output].shape.count)
      copy.copy(whole(plan.output))
      return copy.readOnly
    }
  }

  private func pass(
    _ step: PlanStep, _ inputs: [LanesView], _ inputShapes: [Shape], _ target: MutableLanesView,
    _ outputShape: Shape
  ) -> ForwardPass {
    ForwardPass(
      inputs: inputs, inputShapes: inputShapes, output: target, outputShape: outputShape,
      cache: target[0..<0], scratch: working.take(step.layer.scratchCount(inputs: inputShapes)),
      purpose: step.purpose, bounds: step.bounds, node: step.node.index)
  }
}
