import Tensors

/// How a node is computed anew when part of its input has changed.
enum StepKind: Sendable {
  /// A window slides over the input: the outputs it reaches are computed of their window of inputs.
  case window(SlidingWindow)

  /// Each pixel of the output depends on the same pixel of the inputs alone: the layer runs on the
  /// patch as if it were the map.
  case pixelwise

  /// The same values under the same shape.
  case alias

  /// Anything else, or with a footprint that is not worth following: the inputs are put together and
  /// the layer runs on the whole of them.
  case whole
}

/// A layer that slides a window over `[C, H, W]`.
struct SlidingWindow: Sendable {
  let vertical: WindowFootprint
  let horizontal: WindowFootprint
  let layer: Layer

  enum Layer: Sendable {
    case convolution(Convolution, ConvolutionAlgorithm)
    case maxPooling(MaxPooling)
    case averagePooling(AveragePooling)
  }

  /// What the layer reads outside the map.
  var outside: Float {
    switch layer {
    case .convolution, .averagePooling: 0
    case .maxPooling: -.infinity
    }
  }

  /// The outputs that read these inputs.
  func reached(by input: LaneAreas) -> LaneAreas {
    LaneAreas(
      rows: vertical.reached(by: input.rows), columns: horizontal.reached(by: input.columns))
  }

  /// What has to be computed for these outputs.
  func tiles(holding output: LaneAreas) -> LaneAreas {
    LaneAreas(
      rows: vertical.tiles(holding: output.rows), columns: horizontal.tiles(holding: output.columns)
    )
  }

  /// The inputs that these outputs read; some may lie outside, in the padding.
  func read(by output: LaneAreas) -> LaneAreas {
    LaneAreas(
      rows: vertical.read(by: output.rows), columns: horizontal.read(by: output.columns))
  }

  func read(by output: LaneRectangle) -> LaneRectangle {
    LaneRectangle(
      rows: vertical.read(by: output.rows), columns: horizontal.read(by: output.columns))
  }
}

extension StepKind {
  init(_ step: PlanStep, _ graph: Graph) {
    let inputs = step.inputs.map { graph[$0].shape }
    let output = graph[step.output].shape
    let areMaps = output.rank == 3 && inputs.allSatisfy { $0.rank == 3 }
    let haveOneSize = areMaps && inputs.allSatisfy { $0.axes[1...] == output.axes[1...] }
    switch step.operation {
    case .convolution(let layer):
      self = areMaps ? .window(SlidingWindow(layer, inputs[0], step.purpose)) : .whole
    case .maxPooling(let layer):
      self = areMaps ? .window(SlidingWindow(.maxPooling(layer), layer.window, output)) : .whole
    case .averagePooling(let layer):
      self =
        areMaps ? .window(SlidingWindow(.averagePooling(layer), layer.window, output)) : .whole
    case .identity:
      self = .alias
    case .pointwise, .batchNormalization, .dropout, .localResponseNormalization:
      self = haveOneSize ? .pixelwise : .whole
    case .arithmetic:
      self = inputs.allSatisfy { $0 == output } && areMaps ? .pixelwise : .whole
    case .arithmeticConstant, .parametricReLU:
      let constant = graph[step.parameters[0]].shape
      let isSameEverywhere = constant.axes.suffix(2).allSatisfy { $0 == 1 }
      self = haveOneSize && inputs[0] == output && isSameEverywhere ? .pixelwise : .whole
    case .concatenation(let layer):
      self = haveOneSize && layer.axis == 0 ? .pixelwise : .whole
    case .dense, .depthToSpace, .expand, .gather, .globalPooling, .groupNormalization,
      .layerNormalization, .lpNormalization, .matrixProduct, .padding, .reduction, .reshape,
      .resize, .slice, .softmax, .spaceToDepth, .tile, .transpose, .transposedConvolution:
      self = .whole
    }
  }
}

extension SlidingWindow {
  init(_ convolution: Convolution, _ input: Shape, _ purpose: PlanPurpose) {
    let kernel = convolution.kernel(input, .forward, purpose)
    let tile =
      switch kernel.algorithm {
      case .direct: 1
      case .winograd(let tile): tile.output
      }
    func footprint(_ axis: ConvolutionAxis) -> WindowFootprint {
      WindowFootprint(
        span: (axis.kernel - 1) * axis.dilation + 1, stride: axis.stride, before: axis.before,
        outputLength: axis.outputLength, tile: tile)
    }
    vertical = footprint(kernel.geometry.vertical)
    horizontal = footprint(kernel.geometry.horizontal)
    layer = .convolution(convolution, kernel.algorithm)
  }

  init(_ layer: Layer, _ window: PoolingWindow, _ output: Shape) {
    func footprint(_ axis: WindowAxis, _ length: Int) -> WindowFootprint {
      WindowFootprint(
        span: axis.span, stride: axis.stride, before: axis.before, outputLength: length, tile: 1)
    }
    vertical = footprint(window.vertical, output[1])
    horizontal = footprint(window.horizontal, output[2])
    self.layer = layer
  }
}
