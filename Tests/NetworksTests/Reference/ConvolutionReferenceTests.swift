import Networks
import Tensors
import Testing

@Suite struct ConvolutionReferenceTests {
  static let file = ReferenceFile("convolution.json")

  static let operations: [String: Networks.Operation] = [
    "5x5": .convolution(Convolution(outputChannels: 3, kernel: 5, padding: 2)),
    "3x3, eight channels": .convolution(Convolution(outputChannels: 8, kernel: 3, padding: 1)),
    "strided, dilated, grouped": .convolution(
      Convolution(
        outputChannels: 6, groups: 2,
        vertical: KernelAxis(kernel: 3, stride: 2, dilation: 2, padding: 2),
        horizontal: KernelAxis(kernel: 2, stride: 3, padding: 1))),
    "depthwise": .convolution(Convolution(outputChannels: 3, kernel: 3, padding: 1, groups: 3)),
    "sequences": .convolution(
      Convolution(outputChannels: 4, horizontal: KernelAxis(kernel: 4, stride: 2, padding: 1))),
    "dense": .dense(Dense(outputs: 5)),
  ]

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
