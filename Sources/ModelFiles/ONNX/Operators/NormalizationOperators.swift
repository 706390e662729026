import Networks
import Tensors

/// Normalisation by statistics of the training set or of the sample itself, and dropout.
enum NormalizationOperators {
  static let table: [String: Operator] = [
    "BatchNormalization": .layer(batch),
    "InstanceNormalization": .layer { (context, builder) throws(NodeProblem) in
      try grouped(context, &builder, .instance)
    },
    "GroupNormalization": .layer { (context, builder) throws(NodeProblem) in
      guard let groups = context.integer("num_groups") else {
        throw .missingAttribute("num_groups")
      }
      return try grouped(context, &builder, .groups(groups))
    },
    "LayerNormalization": .layer { (context, builder) throws(NodeProblem) in
      try layer(context, &builder, centers: true)
    },
    "RMSNormalization": .layer { (context, builder) throws(NodeProblem) in
      try layer(context, &builder, centers: false)
    },
    "LpNormalization": .layer(byNorm),
    "LRN": .layer(localResponse),
    "Dropout": Operator(fold: ConstantShaping.identity, build: dropout),
  ]

  /// Scale, bias, mean, variance. Only the first output means anything outside training.
  private static func batch(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(5...5)
    let x = try builder.batchFirst(try context.activation(0), for: context)
    if context.operatorSet < 9, !context.flag("spatial", default: true) {
      throw .unsupportedSetting(name: "spatial", value: "0")
    }
    var parameters: [Graph.ParameterID] = []
    for (index, role) in [(1, "scale"), (2, "bias"), (3, "mean"), (4, "variance")] {
      parameters.append(
        try builder.parameter(
          try context.constant(index), role: role, for: context, isTrainable: index < 3))
    }
    let operation = BatchNormalization(
      epsilon: context.float("epsilon", default: 1e-5),
      momentum: 1 - context.float("momentum", default: 0.9))
    return try builder.add(
      .batchNormalization(operation), [x], parameters: parameters, for: context, batchAxis: 0)
  }

  private static func grouped(
    _ context: NodeContext, _ builder: inout GraphBuilder, _ grouping: GroupNormalization.Grouping
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(3...3)
    let x = try builder.batchFirst(try context.activation(0), for: context)
    var parameters: [Graph.ParameterID] = []
    for (index, role) in [(1, "scale"), (2, "bias")] {
      var constant = try context.constant(index)
      // Operator sets 18 to 20 have one number for each group.
      if case .groups(let groups) = grouping, constant.axes == [groups], groups > 0,
        let channels = x.shape.axes.first, channels != groups, channels % groups == 0
      {
        let values = try constant.floats()
        let each = channels / groups
        constant = Constant(axes: [channels], floats: (0..<channels).map { values[$0 / each] })
      }
      parameters.append(try builder.parameter(constant, role: role, for: context))
    }
    let operation = GroupNormalization(
      grouping, epsilon: context.float("epsilon", default: 1e-5))
    return try builder.add(
      .groupNormalization(operation), [x], parameters: parameters, for: context, batchAxis: 0)
  }

  private static func layer(
    _ context: NodeContext, _ builder: inout GraphBuilder, centers: Bool
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...3)
    let x = try context.activation(0)
    let axis = try x.axis(context.integer("axis", default: -1))
    if let batch = x.batchAxis, batch > axis { throw .mixesBatch }
    let axes = Array(x.shape.axes[axis...])
    var parameters: [Graph.ParameterID] = []
    for (index, role) in [(1, "scale"), (2, "bias")] where context.optional(index) != nil {
      let constant = try context.constant(index)
      let broadcast = try ConstantIndexing.broadcastIndices(constant.axes, to: axes)
      parameters.append(
        try builder.parameter(
          constant, role: role, for: context, axes: axes, arrangement: "broadcast"
        ) { (values) in broadcast.map { values[$0] } })
    }
    let operation = LayerNormalization(
      axis: axis, epsilon: context.float("epsilon", default: 1e-5), centers: centers)
    return try builder.add(
      .layerNormalization(operation), [x], parameters: parameters, for: context,
      batchAxis: x.batchAxis)
  }

  private static func byNorm(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let p = context.integer("p", default: 2)
    guard 1...2 ~= p else { throw .unsupportedSetting(name: "p", value: "\(p)") }
    let operation = LpNormalization(
      p == 1 ? .l1 : .l2, axis: try x.axis(context.integer("axis", default: -1)))
    return try builder.add(.lpNormalization(operation), [x], for: context, batchAxis: x.batchAxis)
  }

  private static func localResponse(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try builder.batchFirst(try context.activation(0), for: context)
    guard let size = context.integer("size") else { throw .missingAttribute("size") }
    let operation = LocalResponseNormalization(
      size: size, alpha: context.float("alpha", default: 1e-4),
      beta: context.float("beta", default: 0.75), k: context.float("bias", default: 1))
    return try builder.add(
      .localResponseNormalization(operation), [x], for: context, batchAxis: 0)
  }

  /// Nothing, outside training.
  private static func dropout(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> [ImportedValue] {
    [.activation(try context.activation(0))]
  }
}
