import Networks
import Tensors

/// Functions of one element.
enum PointwiseOperators {
  static let table: [String: Operator] = [
    "Abs": layer(.absolute, ConstantArithmetic.unary(abs)),
    "Ceil": layer(.ceiling, ConstantArithmetic.unary({ $0.rounded(.up) }, same)),
    "Celu": layer { .celu(alpha: $0.float("alpha", default: 1)) },
    "Clip": Operator.layer(clip),
    "Cos": layer(.cosine),
    "Elu": layer { .elu(alpha: $0.float("alpha", default: 1)) },
    "Erf": layer(.erf),
    "Exp": layer(.exponential),
    "Floor": layer(.floor, ConstantArithmetic.unary({ $0.rounded(.down) }, same)),
    "Gelu": layer { (context) throws(NodeProblem) in
      switch context.text("approximate", default: "none") {
      case "none": .gelu(.erf)
      case "tanh": .gelu(.tanh)
      case let other: throw .unsupportedSetting(name: "approximate", value: other)
      }
    },
    "HardSigmoid": layer {
      .hardSigmoid(
        alpha: $0.float("alpha", default: 0.2), beta: $0.float("beta", default: 0.5))
    },
    "HardSwish": layer(.hardSwish),
    "LeakyRelu": layer { .leakyReLU(slope: $0.float("alpha", default: 0.01)) },
    "Log": layer(.logarithm),
    "Mish": layer(.mish),
    "Neg": layer(
      .negation,
      ConstantArithmetic.unary(-) { (value) throws(NodeProblem) in
        try ConstantArithmetic.product(value, SymbolicInteger(-1))
      }),
    "Reciprocal": layer(.reciprocal, ConstantArithmetic.unary { 1 / $0 }),
    "Relu": layer(.relu, ConstantArithmetic.unary { max(0, $0) }),
    "Round": layer(.round, ConstantArithmetic.unary({ $0.rounded(.toNearestOrEven) }, same)),
    "Selu": layer { (context) throws(NodeProblem) in
      let alpha = context.float("alpha", default: 1.673_263_2)
      let gamma = context.float("gamma", default: 1.050_701)
      guard abs(alpha - 1.673_263_2) < 1e-4, abs(gamma - 1.050_701) < 1e-4 else {
        throw .unsupportedSetting(name: "alpha, gamma", value: "\(alpha), \(gamma)")
      }
      return .selu
    },
    "Sigmoid": layer(.sigmoid),
    "Sign": layer(.sign),
    "Sin": layer(.sine),
    "Softplus": layer(.softplus),
    "Softsign": layer(.softsign),
    "Sqrt": layer(.squareRoot, ConstantArithmetic.unary { $0.squareRoot() }),
    "Swish": layer { (context) throws(NodeProblem) in
      let alpha = context.float("alpha", default: 1)
      guard alpha == 1 else { throw .unsupportedSetting(name: "alpha", value: "\(alpha)") }
      return .silu
    },
    "Tanh": layer(.tanh),
    "ThresholdedRelu": layer { .thresholdedReLU(threshold: $0.float("alpha", default: 1)) },
  ]

  private static func layer(_ kind: PointwiseKind, _ fold: Operator.Fold? = nil) -> Operator {
    layer(fold) { _ in kind }
  }

  private static func layer(
    _ fold: Operator.Fold? = nil,
    _ kind: @escaping @Sendable (NodeContext) throws(NodeProblem) -> PointwiseKind
  ) -> Operator {
    .layer(fold: fold) { (context, builder) throws(NodeProblem) in
      let x = try context.activation(0)
      return try builder.add(
        .pointwise(Pointwise(try kind(context))), [x], for: context, batchAxis: x.batchAxis)
    }
  }

  /// Rounding leaves integers as they are.
  @Sendable
  private static func same(_ value: SymbolicInteger) throws(NodeProblem) -> SymbolicInteger {
    value
  }

  /// Bounds are attributes before operator set 11 and inputs since.
  private static func clip(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    var low = context.float("min", default: -.greatestFiniteMagnitude)
    var high = context.float("max", default: .greatestFiniteMagnitude)
    if context.optional(1) != nil { low = try context.float(1) }
    if context.optional(2) != nil { high = try context.float(2) }
    guard low <= high else { throw .wrongAttribute(name: "min, max", value: "\(low), \(high)") }
    return try builder.add(
      .pointwise(Pointwise(.clippedReLU(low: low, high: high))), [x], for: context,
      batchAxis: x.batchAxis)
  }
}
