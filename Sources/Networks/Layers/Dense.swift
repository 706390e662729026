public import Tensors

/// A dense (fully connected, linear) layer from `[I]` to `[O]`.
///
/// ```
/// y[o] = bias[o] + Σᵢ weight[o][i] · x[i]
/// dx[i] = Σₒ weight[o][i] · dy[o]      dWeight[o][i] = Σ over samples of dy[o] · x[i]      dBias = Σ dy
/// ```
///
/// An input with more axes is read as the vector of its elements in order. Parameters: weights
/// `[O, I]` and, if there is one, a bias `[O]`.
public struct Dense: BoundingLayer, Hashable {
  /// O, the length of the output.
  public let outputs: Int

  public init(outputs: Int) { self.outputs = outputs }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 1...2)
    guard outputs > 0 else { throw .impossible(setting: "outputs", value: outputs) }
    let weightAxes = [outputs, inputs[0].count]
    guard let weightShape = Shape(checking: weightAxes) else { throw .tooLarge(axes: weightAxes) }
    for (index, expected) in [weightShape, [outputs]].prefix(parameters.count).enumerated()
    where parameters[index] != expected {
      throw .wrongParameterShape(
        parameter: index, found: parameters[index], expected: expected)
    }
    return [outputs]
  }

  public var hasWeightRows: Bool { true }

  public var backwardReads: BackwardReads { .inputs }

  public func backwardReads(for purpose: PlanPurpose) -> BackwardReads {
    purpose.parameterGradients ? .inputs : []
  }

  public func scratchCount(inputs: [Shape]) -> Int {
    KernelVariant.available.map {
      DenseWeightGradientKernel(geometry(inputs[0]), variant: $0).scratchCount
    }.max() ?? 0
  }

  public func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock] {
    [.bias(outputs)] + purpose.directions.map { .dense(kernel(inputs[0], $0, purpose)) }
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    kernel(pass.inputShapes[0], .forward, pass.purpose).run(
      pass.inputs[0], packed: weights.packed[1], bias: weights.packed[0],
      bounds: pass.bounds, into: pass.output)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    if let dInput = pass.dInputs[0] {
      kernel(pass.inputShapes[0], .backward, pass.purpose).run(
        pass.dOutput, packed: weights.packed[2], into: dInput)
    }
    let dBias = pass.dParameters.count > 1 ? pass.dParameters[1] : nil
    dBias?.clear()
    if let dWeight = pass.dParameters[0] {
      dWeight.clear()
      let gradient = DenseWeightGradientKernel(
        geometry(pass.inputShapes[0]), variant: pass.purpose.kernels)
      unsafe gradient.add(
        input: pass.inputs[0], outputGradient: pass.dOutput,
        activeLanes: pass.group.activeLanes, to: dWeight.pointer, bias: dBias?.pointer,
        scratch: pass.scratch)
    } else if let dBias {
      for o in 0..<outputs { dBias[o] = pass.dOutput[o].sum(active: pass.group.activeLanes) }
    }
  }

  private func kernel(
    _ input: Shape, _ direction: KernelDirection, _ purpose: PlanPurpose
  ) -> DenseKernel {
    DenseKernel(geometry(input), direction: direction, variant: purpose.kernels)
  }

  private func geometry(_ input: Shape) -> DenseGeometry {
    DenseGeometry(inputs: input.count, outputs: outputs)
  }
}
