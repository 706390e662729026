import Networks
import Testing

@Suite struct PointwiseReferenceTests {
  static let file = ReferenceFile("pointwise.json")
  static let operations: [String: Operation] = [
    "relu": .pointwise(Pointwise(.relu))
  ]

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
