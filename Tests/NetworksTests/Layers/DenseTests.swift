import Networks
import Tensors
import Testing

@Suite struct DenseTests {
  static let cases = [
    ([7], 5, true), ([1], 1, false), ([2, 3, 4], 11, true), ([131], 2, true),
  ].map { (input: Shape, outputs: Int, hasBias: Bool) in
    LayerCase(
      "\(input) to \(outputs)\(hasBias ? "" : " without bias")", .dense(Dense(outputs: outputs)),
      inputs: [input], parameters: [[outputs, input.count], [outputs]].dropLast(hasBias ? 0 : 1)
    ) { x, p in
      PlainArray([outputs]) { place in
        let bias = p.count > 1 ? p[1][place[0]] : 0
        return x[0].values.enumerated().reduce(bias) { $0 + p[0][place[0], $1.offset] * $1.element }
      }
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test func weightsThatDoNotFitAreRefused() {
    #expect(
      throws: ShapeError.wrongParameterShape(parameter: 0, found: [4, 6], expected: [4, 7])
    ) {
      try Dense(outputs: 4).outputShape(inputs: [[7]], parameters: [[4, 6], [4]])
    }
  }
}
