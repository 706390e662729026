import Networks
import Tensors
import Testing

@Suite struct ConvolutionTests {
  static let cases = [
    sized(
      "5x5 with padding", [2, 7, 7], square(3, kernel: 5, padding: 2), values: [[3, 2, 5, 5], [3]]),
    sized(
      "3x3, as Winograd does it", [8, 9, 6], square(9, kernel: 3, padding: 1),
      values: [[9, 8, 3, 3], [9]]),
    sized(
      "3x3 with stride", [3, 9, 8], square(4, kernel: 3, stride: 2, padding: 1),
      values: [[4, 3, 3, 3], [4]]),
    sized("1x1 without bias", [6, 3, 5], square(5, kernel: 1), values: [[5, 6, 1, 1]]),
    sized(
      "depthwise", [4, 6, 7], square(4, kernel: 3, padding: 1, groups: 4),
      values: [[4, 1, 3, 3], [4]]),
    sized(
      "depthwise, two outputs each", [3, 5, 5], square(6, kernel: 3, stride: 2, groups: 3),
      values: [[6, 1, 3, 3], [6]]),
    sized(
      "everything different", [4, 11, 9],
      Convolution(
        outputChannels: 6, groups: 2,
        vertical: KernelAxis(kernel: 3, stride: 2, dilation: 2, before: 1, after: 3),
        horizontal: KernelAxis(kernel: 2, stride: 3, before: 2)),
      values: [[6, 2, 3, 2], [6]]),
    sized(
      "a single pixel", [3, 1, 1], square(2, kernel: 3, padding: 1), values: [[2, 3, 3, 3], [2]]),
    sized(
      "sequences", [3, 12],
      Convolution(outputChannels: 4, horizontal: KernelAxis(kernel: 4, stride: 2, padding: 1)),
      values: [[4, 3, 4], [4]]),
  ]

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test("The kernels of every instruction set serve", arguments: KernelVariant.available)
  func everyVariantAgrees(_ variant: KernelVariant) throws {
    for algorithms in ConvolutionAlgorithm.Choice.allCases {
      var layerCase = Self.cases[1]
      layerCase.purpose.kernels = variant
      layerCase.purpose.algorithms = algorithms
      try layerCase.expectAgreement(samples: [5])
    }
  }

  @Test func whatDoesNotFitIsRefused() {
    let layer = Convolution(outputChannels: 4, kernel: 5, groups: 2)
    #expect(throws: ShapeError.windowTooLarge(window: 5, available: 4, axis: 2)) {
      try layer.outputShape(inputs: [[2, 5, 4]], parameters: [[4, 1, 5, 5]])
    }
    #expect(throws: ShapeError.impossible(setting: "groups", value: 2)) {
      try layer.outputShape(inputs: [[3, 5, 5]], parameters: [[4, 1, 5, 5]])
    }
    #expect(
      throws: ShapeError.wrongParameterShape(
        parameter: 0, found: [4, 2, 5, 5], expected: [4, 1, 5, 5])
    ) {
      try layer.outputShape(inputs: [[2, 5, 5]], parameters: [[4, 2, 5, 5]])
    }
    #expect(throws: ShapeError.wrongRank(input: 0, found: [2, 5], expected: 3...3)) {
      try layer.outputShape(inputs: [[2, 5]], parameters: [[4, 1, 5, 5]])
    }
  }

  private static func square(
    _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) -> Convolution {
    Convolution(
      outputChannels: outputs, kernel: kernel, stride: stride, padding: padding, groups: groups)
  }

  private static func sized(
    _ name: String, _ input: Shape, _ layer: Convolution, values parameters: [Shape]
  ) -> LayerCase {
    LayerCase(
      name, .convolution(layer), inputs: [input], parameters: parameters, probes: 5
    ) { x, p in
      convolution(layer, x[0], p)
    }
  }

  /// The definition, summed in the order of its formula.
  private static func convolution(
    _ layer: Convolution, _ input: PlainArray, _ parameters: [PlainArray]
  ) -> PlainArray {
    let axes = input.shape.count == 3 ? [layer.vertical, layer.horizontal] : [layer.horizontal]
    let lengths = zip(axes, input.shape.dropFirst()).map { axis, length in
      (length + axis.before + axis.after - (axis.kernel - 1) * axis.dilation - 1) / axis.stride + 1
    }
    let inputs = input.shape[0] / layer.groups
    let outputs = layer.outputChannels / layer.groups
    let taps = PlainArray.indices(of: [inputs] + axes.map(\.kernel))
    return PlainArray([layer.outputChannels] + lengths) { place in
      let bias = parameters.count > 1 ? parameters[1][place[0]] : 0
      return taps.reduce(bias) { sum, tap in
        var from = [place[0] / outputs * inputs + tap[0]]
        for (axis, settings) in axes.enumerated() {
          let position =
            place[axis + 1] * settings.stride - settings.before + tap[axis + 1] * settings.dilation
          guard 0..<input.shape[axis + 1] ~= position else { return sum }
          from.append(position)
        }
        return sum + parameters[0][[place[0]] + tap] * input[from]
      }
    }
  }
}
