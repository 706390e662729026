import Networks
import Tensors

/// Operators that give the same elements another shape, or only tell the shape.
enum ShapeOperators {
  static let table: [String: Operator] = [
    "Shape": Operator(fold: ConstantShaping.shape) { (context, _) throws(NodeProblem) in
      let dimensions = try context.activation(0).dimensions
      return try ConstantShaping.shape(of: dimensions, context).map(ImportedValue.constant)
    },
    "Size": Operator(fold: size, build: size),
    "Reshape": .layer(fold: ConstantShaping.reshape, reshape),
    "Flatten": .layer(fold: ConstantShaping.flatten, flatten),
    "Squeeze": .layer(fold: ConstantShaping.squeeze, squeeze),
    "Unsqueeze": .layer(fold: ConstantShaping.unsqueeze, unsqueeze),
    "Identity": Operator(fold: ConstantShaping.identity, build: same),
    "Cast": Operator(fold: ConstantArithmetic.cast, build: cast),
    "CastLike": Operator(fold: castLike, build: same),
    "StopGradient": Operator(fold: ConstantShaping.identity, build: same),
  ]

  private static func size(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    [Constant(axes: [], integers: [SymbolicInteger(try context.constant(0).count)])]
  }

  private static func size(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> [ImportedValue] {
    let count = SymbolicInteger(constant: 0, perSample: try context.activation(0).shape.count)
    return [.constant(Constant(axes: [], integers: [count]))]
  }

  private static func same(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> [ImportedValue] {
    [try context.value(0)]
  }

  /// Values that flow are floats, so a cast between kinds of floats is nothing; one to integers
  /// would cut off what gradients flow through.
  private static func cast(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> [ImportedValue] {
    let code = Int32(clamping: context.integer("to", default: 0))
    guard let type = ONNX.ElementType(rawValue: code), type.isFloat else {
      throw .unsupportedElementType(code)
    }
    return [try context.value(0)]
  }

  private static func castLike(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(2...2)
    let constant = try context.constant(0)
    if try context.constant(1).isFloat == constant.isFloat { return [constant] }
    return constant.isFloat
      ? [Constant(axes: constant.axes, integers: try constant.integers())]
      : [Constant(axes: constant.axes, floats: try constant.floats())]
  }

  private static func reshape(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let target: [SymbolicInteger]
    if let shape = context.integers("shape") {
      target = shape.map(SymbolicInteger.init)
    } else {
      target = try context.constant(1).integers()
    }
    let found = try ReshapeTarget(
      of: x, to: target, zeroCopies: !context.flag("allowzero"), fixedBatch: builder.fixedBatch)
    return try builder.reshape(x, to: found.axes, batchAxis: found.batchAxis, for: context)
  }

  private static func flatten(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let axis = context.integer("axis", default: 1)
    guard axis >= -x.rank, axis <= x.rank else { throw .axisOutOfRange(axis: axis, rank: x.rank) }
    let cut = axis < 0 ? axis + x.rank : axis
    if x.batchAxis == 0, cut == 1 {
      return try builder.reshape(x, to: [x.shape.count], batchAxis: 0, for: context)
    }
    let ownCut = x.batchAxis.map { $0 < cut ? cut - 1 : cut } ?? cut
    let outer = x.shape.axes[..<ownCut].reduce(1, *)
    return try builder.reshape(
      x, to: [outer, x.shape.count / outer], batchAxis: nil, for: context)
  }

  private static func squeeze(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let dimensions = x.dimensions
    var removed: [Int] = []
    if let axes = try context.integers("axes", orInput: 1) {
      for axis in axes { removed.append(try ConstantIndexing.axis(axis, rank: x.rank)) }
    } else {
      removed = dimensions.indices.filter {
        dimensions[$0] == SymbolicInteger(1) || ($0 == x.batchAxis && builder.fixedBatch == 1)
      }
    }
    for axis in removed where axis != x.batchAxis && dimensions[axis] != SymbolicInteger(1) {
      throw .shapesDoNotMatch(x.shape.axes, removed)
    }
    let kept = dimensions.indices.filter { !removed.contains($0) }
    let batchAxis = x.batchAxis.flatMap { kept.firstIndex(of: $0) }
    return try builder.reshape(
      x, to: kept.filter { $0 != x.batchAxis }.map { dimensions[$0].constant },
      batchAxis: batchAxis, for: context)
  }

  private static func unsqueeze(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    guard let added = try context.integers("axes", orInput: 1) else { throw .missingInput(1) }
    var dimensions = x.dimensions
    var batchAxis = x.batchAxis
    for axis in try ConstantShaping.insertedAxes(added, rank: x.rank) {
      dimensions.insert(SymbolicInteger(1), at: axis)
      if let place = batchAxis, axis <= place { batchAxis = place + 1 }
    }
    if let batchAxis { dimensions.remove(at: batchAxis) }
    return try builder.reshape(
      x, to: dimensions.map(\.constant), batchAxis: batchAxis, for: context)
  }
}
