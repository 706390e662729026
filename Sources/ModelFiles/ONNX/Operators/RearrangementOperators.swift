import Networks
import Tensors

/// Operators that put elements in another order, leave some out, or repeat some.
enum RearrangementOperators {
  static let table: [String: Operator] = [
    "Transpose": .layer(fold: ConstantShaping.transpose, transpose),
    "Concat": .layer(fold: ConstantShaping.concat, concatenate),
    "Split": Operator(fold: ConstantShaping.split, build: split),
    "Slice": .layer(fold: ConstantShaping.slice, slice),
    "Gather": .layer(fold: ConstantShaping.gather, gather),
    "Expand": .layer(fold: ConstantShaping.expand, expand),
    "Tile": .layer(fold: ConstantShaping.tile, tile),
    "Pad": .layer(pad),
    "DepthToSpace": .layer(depthToSpace),
    "SpaceToDepth": .layer { (context, builder) throws(NodeProblem) in
      let x = try builder.batchFirst(try context.activation(0), for: context)
      let operation = SpaceToDepth(block: try block(context))
      return try builder.add(.spaceToDepth(operation), [x], for: context, batchAxis: 0)
    },
  ]

  private static func transpose(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    let order = try ConstantShaping.permutation(context, rank: x.rank)
    var own: [Int] = []
    for axis in order where axis != x.batchAxis { own.append(try x.axis(axis)) }
    return try builder.transpose(
      x, own, batchAxis: x.batchAxis.flatMap { order.firstIndex(of: $0) }, for: context)
  }

  private static func concatenate(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    var parts: [Activation] = []
    let variable = context.inputs.indices.first { index in
      if case .activation? = context.optional(index) { true } else { false }
    }
    for index in context.inputs.indices {
      switch try context.value(index) {
      case .activation(let part): parts.append(part)
      case .constant(let constant):
        let beside = try context.activation(variable ?? index)
        parts.append(
          try builder.activation(
            of: constant, beside: beside, for: context, helper: "constant \(index)"))
      }
    }
    let axis = try ConstantIndexing.axis(context.integer("axis", default: 1), rank: parts[0].rank)
    for index in parts.indices.dropFirst() {
      guard parts[index].rank == parts[0].rank else {
        throw .wrongRank(
          input: index, found: parts[index].rank, expected: parts[0].rank...parts[0].rank)
      }
      (parts[0], parts[index], _) = try builder.aligned(parts[0], parts[index], for: context)
    }
    // A value that met another's batch axis has lost the axis itself, so align the rest once more.
    let batchAxis = parts.lazy.compactMap(\.batchAxis).first
    guard axis != batchAxis else { throw .mixesBatch }
    let own = batchAxis.map { $0 < axis ? axis - 1 : axis } ?? axis
    return try builder.add(
      .concatenation(Concatenation(axis: own)), parts, for: context, batchAxis: batchAxis)
  }

  private static func split(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> [ImportedValue] {
    let x = try context.activation(0)
    let axis = try x.axis(context.integer("axis", default: 0))
    var parts: [ImportedValue] = []
    var start = 0
    for (index, length) in try ConstantShaping.splitLengths(context, length: x.shape[axis])
      .enumerated()
    {
      if length == x.shape[axis] {
        // A part that is all of it is no node, as a slice of all is none.
        parts.append(.activation(x))
        continue
      }
      let cut = Slice.Cut(axis: axis, from: start, to: start + length)
      start += length
      parts.append(
        .activation(
          try builder.add(
            .slice(Slice([cut])), [x], for: context, output: index, part: "\(index)",
            batchAxis: x.batchAxis)))
    }
    return parts
  }

  private static func slice(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    var cuts: [Slice.Cut] = []
    for cut in try SliceCut.read(context, rank: x.rank) {
      if cut.axis == x.batchAxis {
        // All of the batch, or the only sample of a file made for one.
        let reach = builder.fixedBatch ?? Int(Int32.max)
        guard cut.start == 0, cut.step == 1, cut.end >= reach else { throw .mixesBatch }
        continue
      }
      let axis = try x.axis(cut.axis)
      let (first, count) = try ConstantIndexing.slice(
        length: x.shape[axis], start: cut.start, end: cut.end, step: cut.step)
      if first == 0, count == x.shape[axis], cut.step == 1 { continue }
      cuts.append(Slice.Cut(axis: axis, from: cut.start, to: cut.end, step: cut.step))
    }
    guard !cuts.isEmpty else { return x }
    return try builder.add(.slice(Slice(cuts)), [x], for: context, batchAxis: x.batchAxis)
  }

  private static func gather(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...2)
    let x = try context.activation(0)
    let indices = try context.integers(1)
    let places = try context.constant(1).axes
    let axis = try ConstantIndexing.axis(context.integer("axis", default: 0), rank: x.rank)
    if axis == x.batchAxis {
      // The only sample of a file made for one.
      guard builder.fixedBatch == 1, indices == [0] || indices == [-1] else { throw .mixesBatch }
      return try builder.reshape(
        x, to: x.shape.axes, batchAxis: places.isEmpty ? nil : axis, for: context)
    }
    guard !indices.isEmpty, let shape = Shape(checking: places) else {
      throw .tooLarge(axes: places)
    }
    let own = try x.axis(axis)
    let batchAxis = x.batchAxis.map { $0 > axis ? $0 + places.count - 1 : $0 }
    if indices == Array(0..<x.shape[own]) {
      let axes = x.shape.axes[..<own] + places + x.shape.axes[(own + 1)...]
      return try builder.reshape(x, to: Array(axes), batchAxis: batchAxis, for: context)
    }
    return try builder.add(
      .gather(Gather(indices, shape: shape, axis: own)), [x], for: context, batchAxis: batchAxis)
  }

  private static func expand(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...2)
    let x = try context.activation(0)
    let target = try context.constant(1).integers()
    let rank = max(x.rank, target.count)
    let place = x.batchAxis.map { $0 + rank - x.rank }
    var axes: [Int] = []
    for (index, length) in target.enumerated() {
      if index + rank - target.count == place {
        guard length == .batch || length == SymbolicInteger(1) else { throw .mixesBatch }
        continue
      }
      guard let known = length.known else { throw .lengthDependsOnBatch }
      axes.append(known)
    }
    guard let shape = Shape(checking: axes) else { throw .tooLarge(axes: axes) }
    let value = try builder.widened(x, rank: shape.rank, batchAxis: place, for: context)
    return try builder.add(.expand(Expand(to: shape)), [value], for: context, batchAxis: place)
  }

  private static func tile(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    try context.requireInputs(2...2)
    let x = try context.activation(0)
    var repeats = try context.integers(1)
    guard repeats.count == x.rank else { throw .shapesDoNotMatch(x.shape.axes, [repeats.count]) }
    if let batchAxis = x.batchAxis {
      guard repeats.remove(at: batchAxis) == 1 else { throw .mixesBatch }
    }
    return try builder.add(.tile(Tile(repeats)), [x], for: context, batchAxis: x.batchAxis)
  }

  private static func pad(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try context.activation(0)
    guard let pads = try context.integers("pads", orInput: 1) else { throw .missingInput(1) }
    var axes = Array(0..<x.rank)
    if context.optional(3) != nil {
      axes = []
      for axis in try context.integers(3) {
        axes.append(try ConstantIndexing.axis(axis, rank: x.rank))
      }
    }
    guard pads.count == 2 * axes.count else { throw .shapesDoNotMatch([pads.count], axes) }
    var before = Array(repeating: 0, count: x.shape.rank)
    var after = before
    for (index, axis) in axes.enumerated() {
      let (low, high) = (pads[index], pads[index + axes.count])
      if axis == x.batchAxis {
        guard low == 0, high == 0 else { throw .mixesBatch }
        continue
      }
      let own = try x.axis(axis)
      before[own] = low
      after[own] = high
    }
    let operation = Padding(before: before, after: after, mode: try padding(context))
    return try builder.add(.padding(operation), [x], for: context, batchAxis: x.batchAxis)
  }

  private static func padding(_ context: NodeContext) throws(NodeProblem) -> Padding.Mode {
    switch context.text("mode", default: "constant") {
    case "constant":
      let value =
        context.optional(2) == nil ? context.float("value", default: 0) : try context.float(2)
      return .constant(value)
    case "edge": return .edge
    case "reflect": return .reflect
    case let other: throw .unsupportedSetting(name: "mode", value: other)
    }
  }

  private static func depthToSpace(
    _ context: NodeContext, _ builder: inout GraphBuilder
  ) throws(NodeProblem) -> Activation {
    let x = try builder.batchFirst(try context.activation(0), for: context)
    let order: DepthToSpace.Order
    switch context.text("mode", default: "DCR") {
    case "DCR": order = .depthColumnRow
    case "CRD": order = .columnRowDepth
    case let other: throw .unsupportedSetting(name: "mode", value: other)
    }
    let operation = DepthToSpace(block: try block(context), order: order)
    return try builder.add(.depthToSpace(operation), [x], for: context, batchAxis: 0)
  }

  private static func block(_ context: NodeContext) throws(NodeProblem) -> Int {
    guard let block = context.integer("blocksize") else { throw .missingAttribute("blocksize") }
    return block
  }
}

// MARK: - Transposes

extension GraphBuilder {
  /// Puts the axes of a sample in another order. Files of networks with the channels last are full
  /// of transposes that undo each other: two in a row become one or none, and one that only moves
  /// axes of length one becomes a view.
  mutating func transpose(
    _ activation: Activation, _ order: [Int], batchAxis: Int?, for context: NodeContext,
    helper: String? = nil
  ) throws(NodeProblem) -> Activation {
    var source = activation
    var order = order
    if let producer = graph[activation.value].producer,
      case .transpose(let earlier) = graph[producer].operation
    {
      let input = graph[producer].inputs[0]
      source = Activation(value: input, shape: graph[input].shape, batchAxis: batchAxis)
      order = order.map { earlier.permutation[$0] }
    }
    let axes = order.map { source.shape[$0] }
    let moved = order.filter { source.shape[$0] > 1 }
    if moved == moved.sorted() {
      return try reshape(source, to: axes, batchAxis: batchAxis, for: context, helper: helper)
    }
    return try add(
      .transpose(Transpose(order)), [source], for: context, helper: helper, batchAxis: batchAxis)
  }
}
