import Networks
import Testing

@Suite struct PointwiseReferenceTests {
  static let file = ReferenceFile("pointwise.json")
  static let operations: [String: Operation] = [
    "absolute": .absolute,
    "celu": .celu(alpha: 0.75),
    "ceiling": .ceiling,
    "clipped relu": .clippedReLU(low: 0, high: 6),
    "cosine": .cosine,
    "elu": .elu(alpha: 1.25),
    "erf": .erf,
    "exponential": .exponential,
    "floor": .floor,
    "gelu by erf": .gelu(.erf),
    "gelu by tanh": .gelu(.tanh),
    "hard sigmoid": .hardSigmoid(alpha: 1 / 6, beta: 0.5),
    "hard swish": .hardSwish,
    "leaky relu": .leakyReLU(slope: 0.125),
    "logarithm": .logarithm,
    "mish": .mish,
    "power": .power(1.5),
    "reciprocal": .reciprocal,
    "relu": .relu,
    "round": .round,
    "selu": .selu,
    "sigmoid": .sigmoid,
    "sign": .sign,
    "silu": .silu,
    "sine": .sine,
    "softplus": .softplus,
    "softsign": .softsign,
    "square root": .squareRoot,
    "tanh": .tanh,
    "thresholded relu": .thresholdedReLU(threshold: 0.5),
  ].mapValues { (kind: PointwiseKind) in .pointwise(Pointwise(kind)) }

  @Test(arguments: file.cases) func agreesWithPyTorch(_ reference: ReferenceCase) throws {
    try reference.expectAgreement(with: Self.operations)
  }
}
