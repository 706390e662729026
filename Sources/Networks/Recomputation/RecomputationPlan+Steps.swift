import Tensors

// Steps of a plan on parts of their maps.
extension RecomputationPlan {
  /// Computes a rectangle of a window's output.
  ///
  /// - Parameters:
  ///   - source: the `region` of the input that the rectangle reads, with what lies outside the map.
  func slide(
    _ window: SlidingWindow, _ index: Int, _ source: LanesView, _ region: LaneRectangle,
    into target: MutableLanesView, _ computed: LaneRectangle, _ working: BumpArena
  ) {
    let step = base.steps[index]
    let input = graph[step.inputs[0]].shape
    let channels = graph[step.output].shape[0]
    switch window.layer {
    case .convolution(let layer, let algorithm):
      let whole = layer.kernel(input, .forward, step.purpose)
      let kernel = layer.kernelWithoutBorder(
        [input[0], region.height, region.width], algorithm, step.purpose)
      kernel.run(
        source, packed: packedWeights(index, for: kernel, whole: whole),
        bias: weights.layers[index].packed[0], bounds: step.bounds, into: target,
        scratch: working.take(kernel.scratchCount))
    case .maxPooling(let layer):
      layer.withoutBorder.forward(
        pass(
          step, [source], [[channels, region.height, region.width]], target,
          [channels, computed.height, computed.width], working), weights: weights.layers[index])
    case .averagePooling(let layer):
      layer.average(source, region, of: input, into: target, computed, channels: channels)
    }
  }

  /// Computes a layer that works pixel by pixel on rectangles of that size.
  func runPixelwise(
    _ index: Int, _ inputs: [LanesView], into target: MutableLanesView, height: Int, width: Int,
    _ working: BumpArena
  ) {
    let step = base.steps[index]
    func shape(_ value: Graph.ValueID) -> Shape { [graph[value].shape[0], height, width] }
    step.layer.forward(
      pass(step, inputs, step.inputs.map(shape), target, shape(step.output), working),
      weights: weights.layers[index])
  }

  /// Computes all of a layer.
  func runWhole(
    _ index: Int, _ inputs: [LanesView], into target: MutableLanesView, _ working: BumpArena
  ) {
    let step = base.steps[index]
    step.layer.forward(
      pass(
        step, inputs, step.inputs.map { graph[$0].shape }, target, graph[step.written].shape,
        working), weights: weights.layers[index])
  }

  private func pass(
    _ step: PlanStep, _ inputs: [LanesView], _ inputShapes: [Shape], _ target: MutableLanesView,
    _ outputShape: Shape, _ working: BumpArena
  ) -> ForwardPass {
    ForwardPass(
      inputs: inputs, inputShapes: inputShapes, output: target, outputShape: outputShape,
      cache: target[0..<0], scratch: working.take(step.layer.scratchCount(inputs: inputShapes)),
      purpose: step.purpose, bounds: step.bounds, node: step.node.index)
  }
}
