import Networks
import Tensors
import Testing

@Suite struct PointwiseTests {
  static let cases = [
    LayerCase(
      "relu", .pointwise(Pointwise(.relu)), inputs: [[2, 3, 5]], values: [.awayFromZero()]
    ) { x, _ in x[0].map { max(0, $0) } }
  ]

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }
}
