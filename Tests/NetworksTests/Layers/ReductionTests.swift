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

@Suite struct ReductionTests {
  static let functions: [(ReductionKind, @Sendable ([Double]) -> Double)] = [
    (.l1, { $0.reduce(0) { $0 + abs($1) } }),
    (.l2, { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }),
    (.logSumExp, { log($0.reduce(0) { $0 + exp($1) }) }),
    (.maximum, { $0.max()! }),
    (.mean, { $0.reduce(0, +) / Double($0.count) }),
    (.minimum, { $0.min()! }),
    (.product, { $0.reduce(1, *) }),
    (.sum, { $0.reduce(0, +) }),
    (.sumOfSquares, { $0.reduce(0) { $0 + $1 * $1 } }),
  ]

  static let shapes: [(Shape, axes: [Int])] = [
    ([3, 4, 5], [1, 2]), ([3, 4, 5], [0]), ([3, 4, 5], [1]), ([3, 4, 5], [2, 0]),
    ([3, 4, 5], [0, 1, 2]), ([3, 4, 5], []), ([1, 1, 1], [1, 2]), ([2, 300], [1]), ([7], [0]),
  ]

  static let cases: [LayerCase] = functions.flatMap { kind, function in
    shapes.enumerated().map { index, example in
      let (shape, axes) = example
      let keepsAxes = index.isMultiple(of: 2)
      return LayerCase(
        "\(kind.rawValue) of \(shape) over \(axes)\(keepsAxes ? ", axes kept" : "")",
        .reduction(Reduction(kind, axes: axes, keepsAxes: keepsAxes)), inputs: [shape],
        values: [values(for: kind)], probes: 8
      ) { x, _ in reduce(x[0], axes, keepsAxes, function) }
    }
  }

  /// Numbers whose result is not nearly zero by cancellation, and whose largest is no tie.
  private static func values(for kind: ReductionKind) -> TestValues {
    switch kind {
    case .l1, .l2, .sumOfSquares: .awayFromZero()
    case .logSumExp, .maximum, .minimum: .distinct(gap: 0.03)
    case .mean, .sum: .uniform(-0.5...1.5)
    case .product: .awayFromZero(0.8...1.2)
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  /// What the slope of each kind is where the usual formula divides zero by zero.
  @Test(arguments: [
    (ReductionKind.maximum, [1, 3, 3] as [Float], [0, 0.5, 0.5] as [Float]),
    (.minimum, [1, 3, 1], [0.5, 0, 0.5]),
    (.l2, [0, 0, 0], [0, 0, 0]),
    (.l1, [0, -2, 3], [0, -1, 1]),
    (.product, [2, 0, 3], [0, 6, 0]),
    (.product, [0, 0, 3], [0, 0, 0]),
  ])
  func hasASlopeEverywhere(_ kind: ReductionKind, _ values: [Float], _ slopes: [Float]) throws {
    let run = try LayerRun(
      .reduction(Reduction(kind, axes: [0])), inputs: [[values]], shapes: [[3]], parameters: [],
      dOutputs: [[1]], purpose: PlanPurpose(inputGradients: true))
    #expect(run.dInputs[0][0] == slopes)
  }

  @Test func logSumExpDoesNotOverflow() throws {
    let run = try LayerRun(
      .reduction(Reduction(.logSumExp, axes: [0])), inputs: [[[1000, 1000], [-1000, -1000]]],
      shapes: [[2]], parameters: [], dOutputs: [[1], [1]],
      purpose: PlanPurpose(inputGradients: true))
    #expect(abs(run.outputs[0][0] - 1000.6931) < 1e-3)
    #expect(abs(run.outputs[1][0] + 999.3069) < 1e-3)
    // The slope is e^{x − y}, and y has seven digits.
    #expect(run.dInputs[0].joined().allSatisfy { abs($0 - 0.5) < 5e-5 })
  }

  @Test func wrongAxesAreNamed() {
    #expect(throws: ShapeError.axisOutOfRange(axis: 2, rank: 2)) {
      try Reduction(.sum, axes: [2]).outputShape(inputs: [[2, 3]], parameters: [])
    }
    #expect(throws: ShapeError.impossible(setting: "axes", value: 1)) {
      try Reduction(.sum, axes: [1, 1]).outputShape(inputs: [[2, 3]], parameters: [])
    }
  }

  private static func reduce(
    _ x: PlainArray, _ axes: [Int], _ keepsAxes: Bool, _ function: ([Double]) -> Double
  ) -> PlainArray {
    let kept = x.shape.enumerated().map { axes.contains($0) ? 1 : $1 }
    let groups = PlainArray(kept) { index in
      function(
        x.indices.filter { place in
          zip(place, index).enumerated().allSatisfy { axes.contains($0) || $1.0 == $1.1 }
        }.map { x[$0] })
    }
    guard !keepsAxes else { return groups }
    return PlainArray(
      x.shape.enumerated().filter { !axes.contains($0.offset) }.map(\.element), groups.values)
  }
}
