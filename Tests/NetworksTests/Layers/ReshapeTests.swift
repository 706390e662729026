import Networks
import Tensors
import Testing

@Suite struct ReshapeTests {
  static let cases = [
    LayerCase("flatten", .reshape(Reshape(to: [30])), inputs: [[2, 3, 5]]) { x, _ in
      PlainArray([30], x[0].values)
    },
    LayerCase("to a number", .reshape(Reshape(to: [])), inputs: [[1, 1]]) { x, _ in
      PlainArray([], x[0].values)
    },
  ]

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }
}
