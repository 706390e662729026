import Networks
import Tensors
import Testing

@Suite struct TransposedConvolutionTests {
  typealias Axis = TransposedConvolution.Axis

  static let cases = [
    make("plain", input: [2, 3, 4], outputChannels: 3, Axis(kernel: 3), Axis(kernel: 3)),
    make("a single pixel", input: [1, 1, 1], outputChannels: 1, Axis(kernel: 1), Axis(kernel: 1)),
    make(
      "stride, uneven cuts, output padding", input: [2, 3, 4], outputChannels: 5,
      Axis(kernel: 3, stride: 2, before: 1, outputPadding: 1),
      Axis(kernel: 2, stride: 3, after: 1, outputPadding: 2)),
    make(
      "dilation", input: [3, 4, 3], outputChannels: 2, Axis(kernel: 3, dilation: 2, before: 2),
      Axis(kernel: 2, stride: 2, dilation: 3, after: 2)),
    make(
      "groups", input: [4, 3, 3], outputChannels: 6, groups: 2,
      Axis(kernel: 3, before: 1, after: 1), Axis(kernel: 3, stride: 2)),
    make(
      "each channel by itself", input: [5, 4, 3], outputChannels: 5, groups: 5,
      Axis(kernel: 3, stride: 2, before: 1, outputPadding: 1), Axis(kernel: 3, before: 1)),
    make(
      "without bias", input: [3, 2, 5], outputChannels: 7, bias: false, Axis(kernel: 5),
      Axis(kernel: 5)),
    make(
      "a line", input: [3, 6], outputChannels: 2, Axis(kernel: 1),
      Axis(kernel: 4, stride: 3, before: 1, outputPadding: 1)),
  ]

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement(samples: [1, 17])
  }

  @Test(arguments: KernelVariant.available, ConvolutionAlgorithm.Choice.allCases)
  func allKernelsAgree(_ kernels: KernelVariant, algorithms: ConvolutionAlgorithm.Choice) throws {
    var layerCase = Self.make(
      "3x3 as Winograd takes them", input: [2, 6, 7], outputChannels: 8,
      Axis(kernel: 3, before: 1, after: 1), Axis(kernel: 3, before: 1, after: 1))
    layerCase.purpose.kernels = kernels
    layerCase.purpose.algorithms = algorithms
    layerCase.probes = 12
    try layerCase.expectAgreement(samples: [2])
  }

  @Test func anOutputPaddingOfTheStrideIsRefused() {
    let layer = TransposedConvolution(
      outputChannels: 1, horizontal: Axis(kernel: 2, stride: 2, outputPadding: 2))
    #expect(throws: ShapeError.impossible(setting: "output padding", value: 2)) {
      try layer.outputShape(inputs: [[1, 4]], parameters: [[1, 1, 2]])
    }
  }

  private static func make(
    _ name: String, input: Shape, outputChannels: Int, groups: Int = 1, bias: Bool = true,
    _ vertical: Axis, _ horizontal: Axis
  ) -> LayerCase {
    let axes = input.rank == 3 ? [vertical, horizontal] : [horizontal]
    let weights = Shape([input[0], outputChannels / groups] + axes.map(\.kernel))
    return LayerCase(
      name,
      .transposedConvolution(
        TransposedConvolution(
          outputChannels: outputChannels, groups: groups, vertical: vertical,
          horizontal: horizontal)),
      inputs: [input], parameters: bias ? [weights, [outputChannels]] : [weights], probes: 16
    ) { x, p in
      let rows = input.rank == 3 ? input[1] : 1
      let image = PlainArray([input[0], rows, input.axes.last!], x[0].values)
      let weights = PlainArray(
        [input[0], outputChannels / groups, vertical.kernel, horizontal.kernel], p[0].values)
      let height = length(rows, vertical)
      let width = length(image.shape[2], horizontal)
      var output = PlainArray([outputChannels, height, width]) { bias ? p[1][$0[0]] : 0 }
      for c in 0..<input[0] {
        for part in 0..<outputChannels / groups {
          let k = c / (input[0] / groups) * (outputChannels / groups) + part
          for (row, column) in pairs(rows, image.shape[2]) {
            for (tapY, tapX) in pairs(vertical.kernel, horizontal.kernel) {
              let y = row * vertical.stride - vertical.before + tapY * vertical.dilation
              let x = column * horizontal.stride - horizontal.before + tapX * horizontal.dilation
              guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
              output[k, y, x] += image[c, row, column] * weights[c, part, tapY, tapX]
            }
          }
        }
      }
      return PlainArray(
        [outputChannels] + (input.rank == 3 ? [height, width] : [width]), output.values)
    }
  }

  private static func pairs(_ rows: Int, _ columns: Int) -> [(Int, Int)] {
    (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
  }

  private static func length(_ length: Int, _ axis: Axis) -> Int {
    (length - 1) * axis.stride + axis.dilation * (axis.kernel - 1) + 1 + axis.outputPadding
      - axis.before - axis.after
  }
}
