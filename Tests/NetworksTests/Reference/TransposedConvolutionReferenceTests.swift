import Networks
import Testing

@Suite struct TransposedConvolutionReferenceTests {
  typealias Axis = TransposedConvolution.Axis

  static let file = ReferenceFile("transposed.json")
  static let operations: [String: Operation] = [
    "plain": .transposedConvolution(
      TransposedConvolution(
        outputChannels: 3, vertical: Axis(kernel: 3), horizontal: Axis(kernel: 3))),
    "stride and output padding": .transposedConvolution(
      TransposedConvolution(
        outputChannels: 3,
        vertical: Axis(kernel: 3, stride: 2, before: 1, after: 1, outputPadding: 1),
        horizontal: Axis(kernel: 3, stride: 2, before: 1, after: 1, outputPadding: 1))),
    "groups and dilation": .transposedConvolution(
      TransposedConvolution(
        outputChannels: 6, groups: 2,
        vertical: Axis(kernel: 3, dilation: 2, before: 2, after: 2),
        horizontal: Axis(kernel: 2, stride: 2, dilation: 2))),
    "line": .transposedConvolution(
      TransposedConvolution(
        outputChannels: 2,
        horizontal: Axis(kernel: 4, stride: 3, before: 1, after: 1, outputPadding: 2))),
  ]

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
