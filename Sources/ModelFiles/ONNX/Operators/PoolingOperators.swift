import Networks
import Tensors

/// Pooling, over windows and over whole planes.
enum PoolingOperators {
  static let table: [String: Operator] = [
    "MaxPool": .layer { (context, builder) throws(NodeProblem) in
      guard context.node.outputs.count <= 1 || context.node.outputs[1].isEmpty else {
        throw .unsupportedSetting(name: "outputs", value: "Indices")
      }
      return try pool(context, &builder) { .maxPooling(MaxPooling($0)) }
    },
    "AveragePool": .layer { (context, builder) throws(NodeProblem) in
      let countsPadding = context.flag("count_include_pad")
      return try pool(context, &builder) {
        .averagePooling(AveragePooling($0, countsPadding: countsPadding))
      }
    },
    "GlobalAveragePool": .layer { (context, builder) throws(NodeProblem) in
      try wholePlane(context, &builder, .average)
    },
    "GlobalMaxPool": .layer { (context, builder) throws(NodeProblem) in
      try wholePlane(context, &builder, .max)
    },
  ]

  private static func pool(
    _ context: NodeContext, _ builder: inout GraphBuilder,
    _ operation: (PoolingWindow) -> Operation
  ) throws(NodeProblem) -> Activation {
    let x = try builder.batchFirst(try context.activation(0), for: context)
    guard 2...4 ~= x.shape.rank else {
      throw .wrongRank(input: 0, found: x.rank, expected: 3...5)
    }
    guard let kernel = context.integers("kernel_shape") else {
      throw .missingAttribute("kernel_shape")
    }
    let window = try WindowSettings(
      context, kernel: kernel, lengths: Array(x.shape.axes.dropFirst()))
    if x.shape.rank == 4 { return try poolDepth(x, window, context, &builder, operation) }
    let axes =
      x.shape.rank == 3
      ? PoolingWindow(vertical: window.axis(0), horizontal: window.axis(1))
      : PoolingWindow(horizontal: window.axis(0))
    return try builder.add(operation(axes), [x], for: context, batchAxis: 0)
  }

  /// Pooling of `[C, D, H, W]` along D only, which is how PyTorch writes local response
  /// normalisation: H and W are one axis then.
  private static func poolDepth(
    _ x: Activation, _ window: WindowSettings, _ context: NodeContext,
    _ builder: inout GraphBuilder, _ operation: (PoolingWindow) -> Operation
  ) throws(NodeProblem) -> Activation {
    let single = WindowAxis(kernel: 1, roundsUp: window.roundsUp)
    guard window.axis(1) == single, window.axis(2) == single else {
      throw .unsupportedSetting(name: "kernel_shape", value: "\(window.kernel)")
    }
    let axes = x.shape.axes
    let planes = try builder.reshape(
      x, to: [axes[0], axes[1], axes[2] * axes[3]], batchAxis: 0, for: context, helper: "planes")
    let pooled = try builder.add(
      operation(PoolingWindow(vertical: window.axis(0), horizontal: single)), [planes],
      for: context, helper: "depth", batchAxis: 0)
    return try builder.reshape(
      pooled, to: Array(pooled.shape.axes[..<2]) + axes[2...], batchAxis: 0, for: context)
  }

  private static func wholePlane(
    _ context: NodeContext, _ builder: inout GraphBuilder, _ kind: GlobalPooling.Kind
  ) throws(NodeProblem) -> Activation {
    let x = try builder.batchFirst(try context.activation(0), for: context)
    return try builder.add(
      .globalPooling(GlobalPooling(kind)), [x], for: context, batchAxis: 0)
  }
}
