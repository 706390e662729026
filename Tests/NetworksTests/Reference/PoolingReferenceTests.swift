import Networks
import Testing

@Suite struct PoolingReferenceTests {
  static let file = ReferenceFile("pooling.json")

  static let windows: [String: PoolingWindow] = [
    "halving": .square(2),
    "halving odd": .square(2),
    "overlapping padded": window(WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)),
    "uneven": PoolingWindow(
      vertical: WindowAxis(kernel: 3, stride: 2, before: 1, after: 1),
      horizontal: WindowAxis(kernel: 2, stride: 3)),
    "ceil": window(WindowAxis(kernel: 3, stride: 2, roundsUp: true)),
    "ceil padded": window(
      WindowAxis(kernel: 2, stride: 3, before: 1, after: 1, roundsUp: true)),
  ]

  static let operations: [String: Operation] = {
    var operations: [String: Operation] = [
      "max dilated": .maxPooling(
        MaxPooling(window(WindowAxis(kernel: 3, stride: 2, dilation: 2, before: 1, after: 1)))),
      "max line": .maxPooling(
        MaxPooling(
          PoolingWindow(horizontal: WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)))),
      "average line": .averagePooling(
        AveragePooling(
          PoolingWindow(horizontal: WindowAxis(kernel: 3, stride: 2)), countsPadding: true)),
      "global average": .globalPooling(GlobalPooling(.average)),
      "global max": .globalPooling(GlobalPooling(.max)),
    ]
    for (name, window) in windows {
      operations["max \(name)"] = .maxPooling(MaxPooling(window))
      operations["average \(name) counting"] = .averagePooling(
        AveragePooling(window, countsPadding: true))
      operations["average \(name) not counting"] = .averagePooling(
        AveragePooling(window, countsPadding: false))
    }
    return operations
  }()

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }

  private static func window(_ axis: WindowAxis) -> PoolingWindow {
    PoolingWindow(vertical: axis, horizontal: axis)
  }
}
