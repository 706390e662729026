import Networks
import Tensors
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite struct ArithmeticTests {
  static let functions: [(ArithmeticKind, @Sendable (Double, Double) -> Double)] = [
    (.add, { $0 + $1 }),
    (.divide, { $0 / $1 }),
    (.maximum, { max($0, $1) }),
    (.minimum, { min($0, $1) }),
    (.multiply, { $0 * $1 }),
    (.power, { pow($0, $1) }),
    (.subtract, { $0 - $1 }),
  ]

  static let shapes: [(Shape, Shape)] = [
    ([2, 3, 5], [2, 3, 5]), ([3, 4, 5], [3, 1, 1]), ([3, 4, 5], []), ([], [3, 4]),
    ([3, 1, 5], [4, 1]), ([1, 1, 1], [1, 1, 1]), ([2, 1, 3, 1, 2], [1, 4, 1, 5, 1]), ([7], [7]),
  ]

  static let cases: [LayerCase] = functions.flatMap { kind, function in
    shapes.flatMap { a, b in
      // Ranges that neither meet nor touch zero keep clear of every kink.
      let ranges = [TestValues.uniform(0.5...1.4), .uniform(1.5...2.5)]
      let note = "\(kind.rawValue) \(a) and \(b)"
      return [
        LayerCase(
          note, .arithmetic(Arithmetic(kind)), inputs: [a, b], values: ranges,
          probes: 4
        ) { x, _ in broadcast(x[0], x[1], function) },
        LayerCase(
          note + ", constant", .arithmeticConstant(ArithmeticConstant(kind, constant: .right)),
          inputs: [a], parameters: [b], values: [ranges[0]], parameterValues: [ranges[1]],
          probes: 4
        ) { x, p in broadcast(x[0], p[0], function) },
        LayerCase(
          "constant " + note, .arithmeticConstant(ArithmeticConstant(kind, constant: .left)),
          inputs: [b], parameters: [a], values: [ranges[1]], parameterValues: [ranges[0]],
          probes: 4
        ) { x, p in broadcast(p[0], x[0], function) },
      ]
    }
  }

  static let slopeCases: [LayerCase] = ([[3, 1, 1], [1], [], [3, 4, 5], [5]] as [Shape]).map {
    shape in
    LayerCase(
      "slopes \(shape)", .parametricReLU(ParametricReLU()), inputs: [[3, 4, 5]],
      parameters: [shape], values: [.awayFromZero()]
    ) { x, p in broadcast(x[0], p[0]) { $0 > 0 ? $0 : $0 * $1 } }
  }

  @Test(arguments: cases + slopeCases)
  func agreesWithItsOracle(_ layerCase: LayerCase) throws { try layerCase.expectAgreement() }

  @Test(arguments: [ArithmeticKind.maximum, .minimum])
  func equalValuesShareTheSlope(_ kind: ArithmeticKind) throws {
    let run = try LayerRun(
      .arithmetic(Arithmetic(kind)), inputs: [[[1, 2, 3]], [[1, 5, 0]]], shapes: [[3], [3]],
      parameters: [], dOutputs: [[1, 1, 1]], purpose: PlanPurpose(inputGradients: true))
    #expect(run.dInputs[0][0][0] == 0.5)
    #expect(run.dInputs[1][0][0] == 0.5)
    #expect(run.dInputs[0][0][1] + run.dInputs[1][0][1] == 1)
  }

  @Test func shapesThatDoNotFitAreNamed() {
    #expect(throws: ShapeError.notBroadcastable([2, 3], [3, 2])) {
      try Arithmetic(.add).outputShape(inputs: [[2, 3], [3, 2]], parameters: [])
    }
    #expect(throws: ShapeError.notBroadcastable([2, 3, 1], [3])) {
      try ParametricReLU().outputShape(inputs: [[3]], parameters: [[2, 3, 1]])
    }
  }

  static func broadcast(
    _ a: PlainArray, _ b: PlainArray, _ function: (Double, Double) -> Double
  ) -> PlainArray {
    let rank = max(a.shape.count, b.shape.count)
    let left = Array(repeating: 1, count: rank - a.shape.count) + a.shape
    let right = Array(repeating: 1, count: rank - b.shape.count) + b.shape
    func element(_ array: PlainArray, _ index: [Int]) -> Double {
      let own = index.suffix(array.shape.count)
      return array[zip(own, array.shape).map { $1 == 1 ? 0 : $0 }]
    }
    return PlainArray(zip(left, right).map { max($0, $1) }) {
      function(element(a, $0), element(b, $0))
    }
  }
}
