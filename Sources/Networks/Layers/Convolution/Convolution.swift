public import Tensors

/// Convolution of `[C, H, W]` or `[C, L]`: grouped, dilated, strided, or depthwise.
///
/// ```
/// y[k][o]          = bias[k] + Σ over c, κ of weight[k][c][κ] · x[c][o · stride − before + κ · dilation]
/// dx[c][i]         = Σ over k, κ of weight[k][c][κ] · dy[k][o]        for all o that read i by tap κ
/// dWeight[k][c][κ] = Σ over samples, o of dy[k][o] · x[c][o · stride − before + κ · dilation]
/// dBias[k]         = Σ over samples, o of dy[k][o]
/// ```
///
/// Parameters: weights `[K, C / groups, kernel rows, kernel columns]` (no rows for `[C, L]`) and, if
/// there is one, a bias `[K]`.
public struct Convolution: BoundingLayer, Hashable {
  /// K, the channels of the output.
  public let outputChannels: Int

  /// How many independent convolutions stand side by side; as many as channels for a depthwise one.
  public let groups: Int

  /// Along H; a single tap where the input is `[C, L]`.
  public let vertical: KernelAxis

  /// Along W, or L.
  public let horizontal: KernelAxis

  public init(
    outputChannels: Int, groups: Int = 1, vertical: KernelAxis = KernelAxis(kernel: 1),
    horizontal: KernelAxis
  ) {
    self.outputChannels = outputChannels
    self.groups = groups
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// A square kernel with the same settings along both axes.
  public init(
    outputChannels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) {
    let axis = KernelAxis(kernel: kernel, stride: stride, padding: padding)
    self.init(outputChannels: outputChannels, groups: groups, vertical: axis, horizontal: axis)
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 1...2)
    let input = inputs[0]
    let ranks = vertical == KernelAxis(kernel: 1) ? 2...3 : 3...3
    guard ranks ~= input.rank else { throw .wrongRank(input: 0, found: input, expected: ranks) }
    guard outputChannels > 0 else {
      throw .impossible(setting: "output channels", value: outputChannels)
    }
    guard groups > 0, input[0] % groups == 0, outputChannels % groups == 0 else {
      throw .impossible(setting: "groups", value: groups)
    }
    let axes = input.rank == 3 ? [vertical, horizontal] : [horizontal]
    var lengths: [Int] = []
    for (position, axis) in axes.enumerated() {
      let place = position + 1
      lengths.append(try axis.checked(length: input[place], axis: place).outputLength)
    }
    let weightAxes = [outputChannels, input[0] / groups] + axes.map(\.kernel)
    guard let weightShape = Shape(checking: weightAxes) else { throw .tooLarge(axes: weightAxes) }
    for (index, expected) in [weightShape, [outputChannels]].prefix(parameters.count).enumerated()
    where parameters[index] != expected {
      throw .wrongParameterShape(
        parameter: index, found: parameters[index], expected: expected)
    }
    guard let output = Shape(checking: [outputChannels] + lengths) else {
      throw .tooLarge(axes: [outputChannels] + lengths)
    }
    return output
  }

  public var hasWeightRows: Bool { true }

  public var backwardReads: BackwardReads { .inputs }

  public func backwardReads(for purpose: PlanPurpose) -> BackwardReads {
    purpose.parameterGradients ? .inputs : []
  }

  public func scratchCount(inputs: [Shape]) -> Int {
    let geometry = geometry(inputs[0])
    return KernelVariant.available.flatMap { variant in
      KernelDirection.allCases.flatMap { direction in
        ConvolutionAlgorithm.Choice.allCases.map { choice in
          ConvolutionKernel(geometry, direction: direction, of: choice, variant: variant)
            .scratchCount
        }
      } + [ConvolutionWeightGradientKernel(geometry, variant: variant).scratchCount]
    }.max() ?? 0
  }

  public func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock] {
    [.bias(outputChannels)]
      + purpose.directions.map { .convolution(kernel(inputs[0], $0, purpose)) }
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    kernel(pass.inputShapes[0], .forward, pass.purpose).run(
      pass.inputs[0], packed: weights.packed[1], bias: weights.packed[0],
      bounds: pass.bounds, into: pass.output, scratch: pass.scratch)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    if let dInput = pass.dInputs[0] {
      kernel(pass.inputShapes[0], .backward, pass.purpose).run(
        pass.dOutput, packed: weights.packed[2], into: dInput, scratch: pass.scratch)
    }
    let dBias = pass.dParameters.count > 1 ? pass.dParameters[1] : nil
    dBias?.clear()
    if let dWeight = pass.dParameters[0] {
      dWeight.clear()
      let gradient = ConvolutionWeightGradientKernel(
        geometry(pass.inputShapes[0]), variant: pass.purpose.kernels)
      unsafe gradient.add(
        input: pass.inputs[0], outputGradient: pass.dOutput,
        activeLanes: pass.group.activeLanes, to: dWeight.pointer, bias: dBias?.pointer,
        scratch: pass.scratch)
    } else if let dBias {
      let plane = pass.outputShape.count / outputChannels
      for k in 0..<outputChannels {
        dBias[k] = Float(
          pass.dOutput[k * plane..<(k + 1) * plane].sampleSum(active: pass.group.activeLanes))
      }
    }
  }

  /// The kernel of one direction for inputs of that shape.
  func kernel(
    _ input: Shape, _ direction: KernelDirection, _ purpose: PlanPurpose
  ) -> ConvolutionKernel {
    ConvolutionKernel(
      geometry(input), direction: direction,
      of: purpose.algorithms(isForward: direction == .forward),
      variant: purpose.kernels)
  }

  private func geometry(_ input: Shape) -> ConvolutionGeometry {
    ConvolutionGeometry(
      inputChannels: input[0], outputChannels: outputChannels, groups: groups,
      vertical: vertical.on(length: input.rank == 3 ? input[1] : 1),
      horizontal: horizontal.on(length: input[input.rank - 1]))
  }
}
