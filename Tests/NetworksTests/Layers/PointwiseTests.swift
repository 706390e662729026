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

@Suite struct PointwiseTests {
  static let cases: [LayerCase] = [
    pointwise("absolute", .absolute) { abs($0) },
    pointwise("celu", .celu(alpha: 0.7)) { $0 > 0 ? $0 : 0.7 * expm1($0 / 0.7) },
    pointwise("ceiling", .ceiling, .uniform(2.1...2.9)) { ceil($0) },
    pointwise("clipped relu", .clippedReLU(low: 0, high: 6), .uniform(0.1...5.9)) { min($0, 6) },
    pointwise("clipped relu outside", .clippedReLU(low: -0.1, high: 0.1), .awayFromZero(0.2...9)) {
      max(-0.1, min($0, 0.1))
    },
    pointwise("cosine", .cosine, .uniform(-9...9)) { cos($0) },
    pointwise("elu", .elu(alpha: 1.3)) { $0 > 0 ? $0 : 1.3 * expm1($0) },
    pointwise("elu with a negative slope", .elu(alpha: -0.5)) { $0 > 0 ? $0 : -0.5 * expm1($0) },
    pointwise("erf", .erf, .uniform(-4...4)) { erf($0) },
    pointwise("exponential", .exponential, .uniform(-4...4)) { exp($0) },
    pointwise("floor", .floor, .uniform(-2.9 ... -2.1)) { floor($0) },
    pointwise("gelu by erf", .gelu(.erf), .uniform(-6...6)) {
      0.5 * $0 * (1 + erf($0 / 2.0.squareRoot()))
    },
    pointwise("gelu by tanh", .gelu(.tanh), .uniform(-6...6)) {
      0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
    },
    pointwise("hard sigmoid", .hardSigmoid(alpha: 0.25, beta: 0.5), .awayFromZero(0.1...1.9)) {
      max(0, min(1, 0.25 * $0 + 0.5))
    },
    pointwise("hard sigmoid outside", .hardSigmoid(alpha: 0.25, beta: 0.5), .awayFromZero(2.1...9))
    {
      max(0, min(1, 0.25 * $0 + 0.5))
    },
    pointwise("hard swish", .hardSwish, .uniform(-2.9...2.9)) { $0 * max(0, min(1, $0 / 6 + 0.5)) },
    pointwise("hard swish outside", .hardSwish, .awayFromZero(3.1...9)) {
      $0 * max(0, min(1, $0 / 6 + 0.5))
    },
    pointwise("leaky relu", .leakyReLU(slope: Float(0x1p-6))) { $0 < 0 ? $0 * 0x1p-6 : $0 },
    pointwise("leaky relu with a negative slope", .leakyReLU(slope: -0.5)) {
      $0 < 0 ? $0 * -0.5 : $0
    },
    pointwise("logarithm", .logarithm, .uniform(0.05...40)) { log($0) },
    pointwise("mish", .mish, .uniform(-30...30)) { $0 * tanh(log1p(exp($0))) },
    pointwise("negation", .negation) { -$0 },
    pointwise("power", .power(1.5), .uniform(0.1...3)) { pow($0, 1.5) },
    pointwise("power of negative numbers", .power(3)) { pow($0, 3) },
    pointwise("power of zero", .power(0)) { _ in 1 },
    pointwise("reciprocal", .reciprocal) { 1 / $0 },
    pointwise("relu", .relu) { max(0, $0) },
    pointwise("round", .round, .uniform(1.6...2.4)) { $0.rounded(.toNearestOrEven) },
    pointwise("selu", .selu) {
      1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * expm1($0))
    },
    pointwise("sigmoid", .sigmoid, .uniform(-9...9)) { 1 / (1 + exp(-$0)) },
    pointwise("sign", .sign) { $0 > 0 ? 1 : -1 },
    pointwise("silu", .silu, .uniform(-9...9)) { $0 / (1 + exp(-$0)) },
    pointwise("sine", .sine, .uniform(-9...9)) { sin($0) },
    pointwise("softplus", .softplus, .uniform(-30...30)) { log1p(exp($0)) },
    pointwise("softplus far below", .softplus, .uniform(-30 ... -20)) { log1p(exp($0)) },
    pointwise("softsign", .softsign) { $0 / (1 + abs($0)) },
    pointwise("square", .square) { $0 * $0 },
    pointwise("square root", .squareRoot, .uniform(0.1...9)) { $0.squareRoot() },
    pointwise("tanh", .tanh, .uniform(-5...5)) { tanh($0) },
    pointwise("thresholded relu", .thresholdedReLU(threshold: 0.05)) { $0 > 0.05 ? $0 : 0 },
    LayerCase("identity", .identity(Identity()), inputs: [[2, 3, 5]]) { x, _ in x[0] },
    LayerCase("one pixel", .pointwise(Pointwise(.tanh)), inputs: [[1, 1, 1]]) { x, _ in
      x[0].map { tanh($0) }
    },
    LayerCase("a number without axes", .pointwise(Pointwise(.silu)), inputs: [[]]) { x, _ in
      x[0].map { $0 / (1 + exp(-$0)) }
    },
  ]

  private static func pointwise(
    _ name: String, _ kind: PointwiseKind, _ values: TestValues = .awayFromZero(),
    _ function: @escaping @Sendable (Double) -> Double
  ) -> LayerCase {
    LayerCase(name, .pointwise(Pointwise(kind)), inputs: [[2, 3, 5]], values: [values]) { x, _ in
      x[0].map(function)
    }
  }

  @Test(arguments: cases) func agreesWithItsOracle(_ layerCase: LayerCase) throws {
    try layerCase.expectAgreement()
  }
}
