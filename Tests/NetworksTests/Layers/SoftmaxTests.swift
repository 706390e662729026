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

@Suite struct SoftmaxTests {
  static let cases = [
    ([10] as Shape, axis: 0), ([3, 4, 5], 0), ([3, 4, 5], 1), ([3, 4, 5], 2), ([1], 0),
  ].flatMap { shape, axis in
    [
      LayerCase(
        "softmax of \(shape) along \(axis)", .softmax(Softmax(axis: axis)), inputs: [shape],
        values: [.uniform(-5...5)]
      ) { x, _ in
        lines(x[0], axis: axis) { line in
          line.map { x in 1 / sumOfPowers(line, from: x) }
        }
      },
      LayerCase(
        "log-softmax of \(shape) along \(axis)", .softmax(Softmax(.logSoftmax, axis: axis)),
        inputs: [shape], values: [.uniform(-5...5)]
      ) { x, _ in
        lines(x[0], axis: axis) { line in
          line.map { x in -log(sumOfPowers(line, from: x)) }
        }
      },
    ]
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }

  @Test func largeNumbersDoNotOverflow() throws {
    for (kind, expected) in [
      (Softmax.Kind.softmax, [1, 0, 0]), (.logSoftmax, [0, -1e30, -2e30] as [Float]),
    ] {
      let run = try LayerRun(
        .softmax(Softmax(kind, axis: 0)), inputs: [[[1e30, 0, -1e30]]], shapes: [[3]],
        parameters: [], dOutputs: [[1, 2, 3]], purpose: PlanPurpose(inputGradients: true))
      #expect(run.outputs == [expected])
      #expect(run.dInputs[0][0].allSatisfy { $0.isFinite })
    }
  }

  private static func sumOfPowers(_ line: [Double], from x: Double) -> Double {
    line.reduce(0) { sum, y in sum + exp(y - x) }
  }
}
