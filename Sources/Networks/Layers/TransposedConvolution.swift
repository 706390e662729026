public import Tensors

/// Transposed convolution of `[C, H, W]` or `[C, L]`: a convolution's input gradient as a layer.
///
/// ```
/// y[k][i · stride − before + κ · dilation] += weight[c][k][κ] · x[c][i]        over all c, i, κ
/// dx                 the convolution of dy with the same weights
/// dWeight[c][k][κ] = Σ over samples, i of x[c][i] · dy[k][i · stride − before + κ · dilation]
/// dBias[k]         = Σ over samples, o of dy[k][o]
/// ```
///
/// The convolution meant goes from the output to the input and lends its kernels. Parameters, as in
/// PyTorch and ONNX: weights `[C, K / groups, kernel rows, kernel columns]` (no rows for `[C, L]`)
/// and, if there is one, a bias `[K]`.
public struct TransposedConvolution: BoundingLayer, Hashable {
  /// K, the channels of the output.
  public let outputChannels: Int
  public let groups: Int

  /// Along H; a single tap where the input is `[C, L]`.
  public let vertical: Axis

  /// Along W, or L.
  public let horizontal: Axis

  public init(
    outputChannels: Int, groups: Int = 1, vertical: Axis = Axis(kernel: 1), horizontal: Axis
  ) {
    self.outputChannels = outputChannels
    self.groups = groups
    self.vertical = vertical
    self.horizontal = horizontal
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 1...2)
    let input = inputs[0]
    guard 2...3 ~= input.rank, input.rank == 3 || vertical == Axis(kernel: 1) else {
      throw .wrongRank(
        input: 0, found: input, expected: vertical == Axis(kernel: 1) ? 2...3 : 3...3)
    }
    guard groups >= 1, outputChannels >= 1, input[0] % groups == 0, outputChannels % groups == 0
    else { throw .impossible(setting: "groups", value: groups) }
    let axes = input.rank == 3 ? [vertical, horizontal] : [horizontal]
    var lengths: [Int] = []
    for (axis, length) in zip(axes, input.axes.dropFirst()) {
      lengths.append(try axis.outputLength(length))
    }
    let weightAxes = [input[0], outputChannels / groups] + axes.map(\.kernel)
    guard let weights = Shape(checking: weightAxes) else { throw .tooLarge(axes: weightAxes) }
    for (index, expected) in [weights, [outputChannels]].prefix(parameters.count).enumerated()
    where parameters[index] != expected {
      throw .wrongParameterShape(
        parameter: index, found: parameters[index], expected: expected)
    }
    guard let shape = Shape(checking: [outputChannels] + lengths) else {
      throw .tooLarge(axes: [outputChannels] + lengths)
    }
    return shape
  }

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

  /// Forward is the other convolution's way back, and the gradient its way forward.
  public func weightBlocks(inputs: [Shape], purpose: PlanPurpose) -> [WeightBlock] {
    [.bias(outputChannels)]
      + purpose.directions.map {
        .convolution(kernel(inputs[0], $0 == .forward ? .backward : .forward, purpose))
      }
  }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    kernel(pass.inputShapes[0], .backward, pass.purpose).run(
      pass.inputs[0], packed: weights.packed[1], bias: weights.packed[0],
      bounds: pass.bounds, into: pass.output, scratch: pass.scratch)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    let active = pass.group.activeLanes
    if let dInput = pass.dInputs[0] {
      kernel(pass.inputShapes[0], .forward, pass.purpose).run(
        pass.dOutput, packed: weights.packed[2], into: dInput, scratch: pass.scratch)
    }
    if let dWeights = pass.dParameters[0] {
      for i in 0..<dWeights.count { dWeights[i] = 0 }
      let gradient = ConvolutionWeightGradientKernel(
        geometry(pass.inputShapes[0]), variant: pass.purpose.kernels)
      unsafe gradient.add(
        input: pass.dOutput, outputGradient: pass.inputs[0], activeLanes: active,
        to: dWeights.pointer, bias: nil, scratch: pass.scratch)
    }
    if pass.dParameters.count == 2, let dBias = pass.dParameters[1] {
      let plane = pass.outputShape.count / outputChannels
      for k in 0..<outputChannels {
        dBias[k] = Float(pass.dOutput[k * plane..<(k + 1) * plane].sampleSum(active: active))
      }
    }
  }

  private func kernel(
    _ input: Shape, _ direction: KernelDirection, _ purpose: PlanPurpose
  ) -> ConvolutionKernel {
    ConvolutionKernel(
      geometry(input), direction: direction,
      of: purpose.algorithms(isForward: direction == .backward), variant: purpose.kernels)
  }

  /// The convolution that goes the other way.
  private func geometry(_ input: Shape) -> ConvolutionGeometry {
    let planes = Planes(input)
    return ConvolutionGeometry(
      inputChannels: outputChannels, outputChannels: planes.channels, groups: groups,
      vertical: vertical.convolution(planes.height),
      horizontal: horizontal.convolution(planes.width))
  }
}

extension TransposedConvolution {
  /// How the output lies along one axis.
  public struct Axis: Hashable, Sendable {
    /// The number of taps.
    public let kernel: Int
    public let stride: Int
    public let dilation: Int

    /// How many outputs are cut off at the start and at the end.
    public let before: Int
    public let after: Int

    /// How many outputs stand at the end that no input may reach: fewer than the stride, or the
    /// convolution back would find room for another.
    public let outputPadding: Int

    public init(
      kernel: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0,
      outputPadding: Int = 0
    ) {
      self.kernel = kernel
      self.stride = stride
      self.dilation = dilation
      self.before = before
      self.after = after
      self.outputPadding = outputPadding
    }

    func outputLength(_ length: Int) throws(ShapeError) -> Int {
      for (setting, value) in [("kernel", kernel), ("stride", stride), ("dilation", dilation)]
      where value < 1 || value > 1 << 20 {
        throw .impossible(setting: setting, value: value)
      }
      for padding in [before, after] where padding < 0 || padding > 1 << 20 {
        throw .impossible(setting: "padding", value: padding)
      }
      guard 0..<stride ~= outputPadding else {
        throw .impossible(setting: "output padding", value: outputPadding)
      }
      let output = uncheckedLength(length)
      guard output > 0 else { throw .impossible(setting: "padding", value: before + after) }
      return output
    }

    func convolution(_ length: Int) -> ConvolutionAxis {
      ConvolutionAxis(
        length: uncheckedLength(length), kernel: kernel, stride: stride, dilation: dilation,
        before: before, after: after)
    }

    private func uncheckedLength(_ length: Int) -> Int {
      (length - 1) * stride + (kernel - 1) * dilation + 1 + outputPadding - before - after
    }
  }
}
