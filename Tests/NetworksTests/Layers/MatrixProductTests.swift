import Networks
import Tensors
import Testing

@Suite struct MatrixProductTests {
  static let cases = [
    ([2, 3] as Shape, [3, 4] as Shape), ([1, 1], [1, 1]), ([2, 3, 5], [2, 5, 4]),
    ([2, 3, 5], [5, 4]), ([3, 2], [4, 2, 3]), ([2, 1, 2, 3], [3, 3, 1]), ([1, 7], [7, 1]),
  ].map { a, b in
    LayerCase("\(a) times \(b)", .matrixProduct(MatrixProduct()), inputs: [a, b]) { x, _ in
      product(x[0], x[1])
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test func matricesThatDoNotFitAreRefused() {
    #expect(throws: ShapeError.wrongLength(input: 1, axis: 0, found: 2, expected: 3)) {
      try MatrixProduct().outputShape(inputs: [[2, 3], [2, 3]], parameters: [])
    }
    #expect(throws: ShapeError.notBroadcastable([2, 2, 3], [3, 3, 2])) {
      try MatrixProduct().outputShape(inputs: [[2, 2, 3], [3, 3, 2]], parameters: [])
    }
  }

  private static func product(_ a: PlainArray, _ b: PlainArray) -> PlainArray {
    let rank = max(a.shape.count, b.shape.count)
    let one = Array(repeating: 1, count: rank)
    let left = one.dropLast(a.shape.count) + a.shape
    let right = one.dropLast(b.shape.count) + b.shape
    let batch = zip(left, right).map(max).dropLast(2)
    let (wideA, wideB) = (PlainArray(Array(left), a.values), PlainArray(Array(right), b.values))
    return PlainArray(batch + [left[rank - 2], right[rank - 1]]) { index in
      (0..<left[rank - 1]).reduce(0) { sum, k in
        let atA = zip(index.dropLast(2), left).map { min($0, $1 - 1) } + [index[rank - 2], k]
        let atB = zip(index.dropLast(2), right).map { min($0, $1 - 1) } + [k, index[rank - 1]]
        return sum + wideA[atA] * wideB[atB]
      }
    }
  }
}
