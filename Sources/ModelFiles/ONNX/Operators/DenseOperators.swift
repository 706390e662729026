import Networks
import Tensors

/// Dense layers, in all the ways that exporters write them, and products of two values.
enum DenseOperators {
  static let table: [String: Operator] = [
    "Gemm": .layer(gemm),
    "MatMul": .layer(matMul),
  ]

  /// `α · A · B + β · C` with either matrix turned over.
  private static func gemm(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...3)
    var x = try context.activation(0)
    guard x.rank == 2 else { throw .wrongRank(input: 0, found: x.rank, expected: 2...2) }
    if context.flag("transA") {
      guard x.batchAxis != 0 else { throw .mixesBatch }
      let batchAxis = x.batchAxis.map { _ in 0 }
      x = try builder.transpose(
        x, Array((0..<x.shape.rank).reversed()), batchAxis: batchAxis, for: context,
        helper: "turned")
    }
    return try linear(
      x, weights: try context.constant(1), isTurned: context.flag("transB"),
      scale: context.float("alpha", default: 1), bias: try context.optionalConstant(2),
      biasScale: context.float("beta", default: 1), context, &builder)
  }

  /// A product with a matrix of weights is a dense layer along the last axis; a third input is a
  /// bias that ``BiasFusion`` found behind it.
  private static func matMul(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...3)
    switch (try context.value(0), try context.value(1)) {
    case (.activation(let x), .constant(let weights)):
      return try linear(
        x, weights: weights, isTurned: false, scale: 1, bias: try context.optionalConstant(2),
        biasScale: 1, context, &builder)
    case (.activation(let a), .activation(let b)):
      let (left, right, batchAxis) = try builder.aligned(a, b, for: context)
      let rank = max(a.rank, b.rank)
      if let batchAxis, batchAxis >= rank - 2 { throw .mixesBatch }
      let width = max(left.shape.rank, right.shape.rank)
      let operands = [
        try builder.widened(left, rank: width, batchAxis: batchAxis, for: context),
        try builder.widened(right, rank: width, batchAxis: batchAxis, for: context),
      ]
      return try builder.add(
        .matrixProduct(MatrixProduct()), operands, for: context, batchAxis: batchAxis)
    case (.constant(let weights), .activation(let x)):
      return try linearOverRows(x, weights, context, &builder)
    case (.constant, .constant): throw .constantInputs
    }
  }

  /// A dense layer along the last axis.
  static func linear(
    _ x: Activation, weights: Constant, isTurned: Bool, scale: Float, bias: Constant?,
    biasScale: Float, helper: String? = nil, _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    guard weights.axes.count == 2 else {
      throw .wrongRank(input: 1, found: weights.axes.count, expected: 2...2)
    }
    let (rows, columns) = (weights.axes[0], weights.axes[1])
    let (inputs, outputs) = isTurned ? (columns, rows) : (rows, columns)
    guard let last = x.shape.axes.last, last == inputs, x.batchAxis != x.rank - 1 else {
      throw .shapesDoNotMatch(x.shape.axes, weights.axes)
    }
    let isVector = x.shape.rank == 1
    let kernel = Array(repeating: 1, count: isVector ? 0 : min(2, x.shape.rank - 1))
    var parameters = [
      try builder.parameter(
        weights, role: "weight", for: context, axes: [outputs, inputs] + kernel,
        arrangement: "\(isTurned) \(scale)"
      ) { (values) in
        let turned =
          isTurned
          ? values : ConstantShaping.transposed(values, rows: rows, columns: columns)
        return scale == 1 ? turned : turned.map { $0 * scale }
      }
    ]
    if let bias {
      let indices = try ConstantIndexing.broadcastIndices(
        Array(bias.axes.drop { $0 == 1 }), to: [outputs])
      parameters.append(
        try builder.parameter(
          bias, role: "bias", for: context, axes: [outputs], arrangement: "bias \(biasScale)"
        ) { (values) in indices.map { values[$0] * biasScale } })
    }
    if isVector {
      return try builder.add(
        .dense(Dense(outputs: outputs)), [x], parameters: parameters, for: context,
        helper: helper, batchAxis: x.batchAxis)
    }
    return try alongLastAxis(x, outputs, parameters, helper: helper, context, &builder)
  }

  /// The same dense layer at every place: a convolution of one tap, once the channels come first.
  private static func alongLastAxis(
    _ x: Activation, _ outputs: Int, _ parameters: [Graph.ParameterID], helper: String?,
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let axes = x.shape.axes
    var places = x
    if axes.count > 3 {
      places = try builder.reshape(
        x, to: [axes.dropLast(2).reduce(1, *)] + axes.suffix(2), batchAxis: x.batchAxis,
        for: context, helper: "places")
    }
    let rank = places.shape.rank
    let first = try builder.transpose(
      places, [rank - 1] + Array(0..<rank - 1), batchAxis: x.batchAxis, for: context,
      helper: "channels first")
    let tap = KernelAxis(kernel: 1)
    let product = try builder.add(
      .convolution(Convolution(outputChannels: outputs, vertical: tap, horizontal: tap)), [first],
      parameters: parameters, for: context, helper: "product", batchAxis: x.batchAxis)
    let isWhole = axes.count == rank
    let last = try builder.transpose(
      product, Array(1..<rank) + [0], batchAxis: x.batchAxis, for: context,
      helper: isWhole ? helper : "channels last")
    if isWhole { return last }
    return try builder.reshape(
      last, to: Array(axes.dropLast()) + [outputs], batchAxis: x.batchAxis, for: context,
      helper: helper)
  }

  /// Weights on the left mix the rows of a matrix: a convolution of one tap along its columns.
  private static func linearOverRows(
    _ x: Activation, _ weights: Constant, _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    guard weights.axes.count == 2, x.shape.rank == 2, x.batchAxis == 0 || x.batchAxis == nil else {
      throw .wrongRank(input: 1, found: x.rank, expected: 3...3)
    }
    let parameter = try builder.parameter(
      weights, role: "weight", for: context, axes: weights.axes + [1])
    let operation = Convolution(
      outputChannels: weights.axes[0], horizontal: KernelAxis(kernel: 1))
    return try builder.add(
      .convolution(operation), [x], parameters: [parameter], for: context,
      batchAxis: x.batchAxis)
  }
}
