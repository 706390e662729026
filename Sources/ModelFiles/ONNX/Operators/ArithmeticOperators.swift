import Networks
import Tensors

/// Functions of two values or more, element by element.
enum ArithmeticOperators {
  static let table: [String: Operator] = [
    "Add": binary(.add, fold: ConstantArithmetic.binary(+, ConstantArithmetic.sum)),
    "Sub": binary(.subtract, fold: ConstantArithmetic.binary(-, ConstantArithmetic.difference)),
    "Mul": binary(.multiply, fold: ConstantArithmetic.binary(*, ConstantArithmetic.product)),
    "Div": binary(.divide, fold: ConstantArithmetic.binary(/, ConstantArithmetic.quotient)),
    "Pow": .layer(power),
    "Max": binary(
      .maximum, fold: ConstantArithmetic.binary(max, ConstantArithmetic.known { max($0, $1) })),
    "Min": binary(
      .minimum, fold: ConstantArithmetic.binary(min, ConstantArithmetic.known { min($0, $1) })),
    "Sum": binary(.add, fold: ConstantArithmetic.binary(+, ConstantArithmetic.sum)),
    "Mean": .layer(mean),
    "PRelu": .layer(parametricReLU),
    "Mod": Operator(
      fold: ConstantArithmetic.binary(
        { $0 - $1 * ($0 / $1).rounded(.down) },
        ConstantArithmetic.known { a, b in
          b == 0 || b == -1 ? nil : (a % b + b) % b
        })),
    "Equal": Operator(fold: ConstantArithmetic.comparison({ $0 == $1 }, { $0 == $1 })),
    "Less": Operator(fold: ConstantArithmetic.comparison({ $0 < $1 }, { $0 < $1 })),
    "LessOrEqual": Operator(fold: ConstantArithmetic.comparison({ $0 <= $1 }, { $0 <= $1 })),
    "Greater": Operator(fold: ConstantArithmetic.comparison({ $0 > $1 }, { $0 > $1 })),
    "GreaterOrEqual": Operator(fold: ConstantArithmetic.comparison({ $0 >= $1 }, { $0 >= $1 })),
    "And": Operator(
      fold: ConstantArithmetic.binary(
        { $0 != 0 && $1 != 0 ? 1 : 0 },
        ConstantArithmetic.known { $0 != 0 && $1 != 0 ? 1 : 0 })),
    "Or": Operator(
      fold: ConstantArithmetic.binary(
        { $0 != 0 || $1 != 0 ? 1 : 0 },
        ConstantArithmetic.known { $0 != 0 || $1 != 0 ? 1 : 0 })),
    "Not": Operator(
      fold: ConstantArithmetic.unary({ $0 == 0 ? 1 : 0 }) { (value) throws(NodeProblem) in
        SymbolicInteger(value == SymbolicInteger(0) ? 1 : 0)
      }),
    "Where": .layer(fold: ConstantArithmetic.select, select),
  ]

  private static func binary(_ kind: ArithmeticKind, fold: @escaping Operator.Fold) -> Operator {
    Operator(fold: fold) { (context, builder) throws(NodeProblem) in
      try context.requireInputs(1...64)
      var result = try context.value(0)
      for index in 1..<max(1, context.inputs.count) {
        let isLast = index == context.inputs.count - 1
        result = .activation(
          try combine(
            kind, result, try context.value(index), context, &builder,
            helper: isLast ? nil : "\(index)"))
      }
      return [result]
    }
  }

  private static func combine(
    _ kind: ArithmeticKind, _ a: ImportedValue, _ b: ImportedValue, _ context: NodeContext,
    _ builder: inout GraphBuilder, helper: String?
  ) throws(NodeProblem) -> Activation {
    switch (a, b) {
    case (.activation(let x), .activation(let y)):
      if kind == .multiply, x.batchAxis == y.batchAxis,
        let found = ActivationFusion(graph: builder.graph).product(x.value, y.value)
      {
        return try activation(found, like: x, context, &builder, helper: helper)
      }
      let (left, right, batchAxis) = try builder.aligned(x, y, for: context)
      let rank = max(left.shape.rank, right.shape.rank)
      let operands = [
        try builder.widened(left, rank: rank, batchAxis: batchAxis, for: context),
        try builder.widened(right, rank: rank, batchAxis: batchAxis, for: context),
      ]
      return try builder.add(
        .arithmetic(Arithmetic(kind)), operands, for: context, helper: helper,
        batchAxis: batchAxis)
    case (.activation(let x), .constant(let constant)):
      return try combine(kind, x, constant, .right, context, &builder, helper: helper)
    case (.constant(let constant), .activation(let x)):
      return try combine(kind, x, constant, .left, context, &builder, helper: helper)
    case (.constant, .constant): throw .constantInputs
    }
  }

  private static func combine(
    _ kind: ArithmeticKind, _ x: Activation, _ constant: Constant, _ side: ArithmeticConstant.Side,
    _ context: NodeContext, _ builder: inout GraphBuilder, helper: String?
  ) throws(NodeProblem) -> Activation {
    if kind == .multiply, constant.count == 1, constant.axes.count <= x.rank,
      let found = ActivationFusion(graph: builder.graph)
        .product(x.value, constant: try constant.floats()[0])
    {
      return try activation(found, like: x, context, &builder, helper: helper)
    }
    let (axes, batchAxis) = try builder.alignedAxes(of: constant, beside: x)
    let parameter = try builder.parameter(
      constant, role: (helper.map { $0 + " " } ?? "") + "constant", for: context, axes: axes,
      isTrainable: constant.name != nil && constant.count > 1)
    let value = try builder.widened(x, rank: axes.count, batchAxis: batchAxis, for: context)
    return try builder.add(
      .arithmeticConstant(ArithmeticConstant(kind, constant: side)), [value],
      parameters: [parameter], for: context, helper: helper, batchAxis: batchAxis)
  }

  /// An activation that was written as several operators, of a value shaped as `x`.
  private static func activation(
    _ found: (kind: PointwiseKind, source: Graph.ValueID), like x: Activation,
    _ context: NodeContext, _ builder: inout GraphBuilder, helper: String?
  ) throws(NodeProblem) -> Activation {
    let source = Activation(value: found.source, shape: x.shape, batchAxis: x.batchAxis)
    return try builder.add(
      .pointwise(Pointwise(found.kind)), [source], for: context, helper: helper,
      batchAxis: x.batchAxis)
  }

  private static func mean(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(1...64)
    var total = try context.value(0)
    for index in 1..<max(1, context.inputs.count) {
      total = .activation(
        try combine(
          .add, total, try context.value(index), context, &builder, helper: "sum \(index)"))
    }
    let count = Constant(axes: [], floats: [Float(context.inputs.count)])
    return try combine(.divide, total, .constant(count), context, &builder, helper: nil)
  }

  /// One of two values at each place, by a condition that is known: what is not chosen counts
  /// nothing.
  private static func select(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(3...3)
    let condition = try context.constant(0)
    var chosen: [ImportedValue] = []
    for (index, isChosen) in [(1, true), (2, false)] {
      let mask = try ConstantArithmetic.mask(condition, isChosen)
      switch try context.value(index) {
      case .activation(let x):
        chosen.append(
          .activation(
            try combine(
              .multiply, x, mask, .right, context, &builder, helper: isChosen ? "then" : "else")))
      case .constant(let constant):
        chosen.append(.constant(try ConstantArithmetic.masked(constant, by: mask)))
      }
    }
    return try combine(.add, chosen[0], chosen[1], context, &builder, helper: nil)
  }

  private static func power(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...2)
    guard case .activation(let x) = try context.value(0),
      case .constant(let exponent) = try context.value(1), exponent.count == 1,
      exponent.axes.count <= x.rank
    else {
      return try combine(
        .power, try context.value(0), try context.value(1), context, &builder, helper: nil)
    }
    let kind: PointwiseKind =
      switch try exponent.floats()[0] {
      case 2: .square
      case 0.5: .squareRoot
      case let other: .power(other)
      }
    return try builder.add(
      .pointwise(Pointwise(kind)), [x], for: context, batchAxis: x.batchAxis)
  }

  private static func parametricReLU(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...2)
    let x = try context.activation(0)
    let slope = try context.constant(1)
    let (axes, batchAxis) = try builder.alignedAxes(of: slope, beside: x)
    let parameter = try builder.parameter(slope, role: "slope", for: context, axes: axes)
    return try builder.add(
      .parametricReLU(ParametricReLU()), [x], parameters: [parameter], for: context,
      batchAxis: batchAxis)
  }
}
