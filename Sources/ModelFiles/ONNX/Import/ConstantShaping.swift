/// Moving the elements of constants about.
enum ConstantShaping {
  static func identity(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    [try context.constant(0)]
  }

  static func shape(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try shape(of: context.constant(0).axes.map(SymbolicInteger.init), context)
  }

  /// The lengths of a value's axes, all or those from `start` to `end`.
  static func shape(
    of dimensions: [SymbolicInteger], _ context: NodeContext
  ) throws(NodeProblem) -> [Constant] {
    let range = try ConstantIndexing.slice(
      length: dimensions.count, start: context.integer("start", default: 0),
      end: context.integer("end", default: dimensions.count), step: 1)
    let kept = Array(dimensions[range.first..<range.first + range.count])
    return [Constant(axes: [kept.count], integers: kept)]
  }

  static func gather(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(2...2)
    let data = try context.constant(0)
    let axis = try ConstantIndexing.axis(
      context.integer("axis", default: 0), rank: data.axes.count)
    let length = data.axes[axis]
    let which = try context.constant(1)
    let places = try context.integers(1).map { (index) throws(NodeProblem) in
      guard index >= -length, index < length else {
        throw .indexOutOfRange(index: index, length: length)
      }
      return index < 0 ? index + length : index
    }
    let axes = Array(data.axes[..<axis]) + which.axes + Array(data.axes[(axis + 1)...])
    try ConstantIndexing.checkedCount(axes)
    let strides = ConstantIndexing.strides(data.axes)
    let outer = ConstantIndexing.walk(Array(data.axes[..<axis]), strides: strides)
    let inner = ConstantIndexing.walk(
      Array(data.axes[(axis + 1)...]), strides: Array(strides[(axis + 1)...]))
    var indices: [Int] = []
    for start in outer {
      for place in places { indices += inner.map { start + place * strides[axis] + $0 } }
    }
    return [try data.picking(indices, axes: axes)]
  }

  static func slice(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    var axes = data.axes
    var strides = ConstantIndexing.strides(data.axes)
    var offset = 0
    for cut in try SliceCut.read(context, rank: data.axes.count) {
      let (first, count) = try ConstantIndexing.slice(
        length: axes[cut.axis], start: cut.start, end: cut.end, step: cut.step)
      offset += first * strides[cut.axis]
      strides[cut.axis] *= cut.step
      axes[cut.axis] = count
    }
    let count = try ConstantIndexing.checkedCount(axes, source: data.count)
    let indices = count == 0 ? [] : ConstantIndexing.walk(axes, strides: strides, offset: offset)
    return [try data.picking(indices, axes: axes)]
  }

  static func concat(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(1...4096)
    var parts: [Constant] = []
    for index in context.inputs.indices { parts.append(try context.constant(index)) }
    let rank = parts[0].axes.count
    let axis = try ConstantIndexing.axis(context.integer("axis", default: 1), rank: rank)
    var axes = parts[0].axes
    axes[axis] = 0
    for part in parts {
      guard
        part.axes.count == rank,
        axes.indices.allSatisfy({ $0 == axis || part.axes[$0] == axes[$0] })
      else { throw .shapesDoNotMatch(parts[0].axes, part.axes) }
      axes[axis] += part.axes[axis]
    }
    try ConstantIndexing.checkedCount(axes, source: parts.reduce(0) { $0 + $1.count })
    let outer = axes[..<axis].reduce(1, *)
    if parts.contains(where: \.isFloat) {
      var lists: [[Float]] = []
      for part in parts { lists.append(try part.floats()) }
      return [Constant(axes: axes, floats: interleaved(lists, runs: outer))]
    }
    var lists: [[SymbolicInteger]] = []
    for part in parts { lists.append(try part.integers()) }
    return [Constant(axes: axes, integers: interleaved(lists, runs: outer))]
  }

  /// The first of `runs` equal pieces of each list, then the second of each, …
  private static func interleaved<Number>(_ lists: [[Number]], runs: Int) -> [Number] {
    guard runs > 0 else { return [] }
    return (0..<runs).flatMap { run in
      lists.flatMap { list in
        let length = list.count / runs
        return list[run * length..<(run + 1) * length]
      }
    }
  }

  static func expand(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(2...2)
    let data = try context.constant(0)
    let wanted = try context.constant(1).integers().map { $0 == .batch ? 1 : $0.known ?? -1 }
    guard wanted.allSatisfy({ $0 >= 0 }) else { throw .lengthDependsOnBatch }
    let axes = try ConstantIndexing.broadcast(data.axes, wanted)
    try ConstantIndexing.checkedCount(axes)
    return [
      try data.picking(ConstantIndexing.broadcastIndices(data.axes, to: axes), axes: axes)
    ]
  }

  static func tile(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    try context.requireInputs(2...2)
    let data = try context.constant(0)
    let repeats = try context.integers(1)
    guard repeats.count == data.axes.count else {
      throw .shapesDoNotMatch(data.axes, [repeats.count])
    }
    var axes: [Int] = []
    for (length, times) in zip(data.axes, repeats) {
      let (product, overflow) = length.multipliedReportingOverflow(by: times)
      guard !overflow else { throw .tooLarge(axes: repeats) }
      axes.append(product)
    }
    let count = try ConstantIndexing.checkedCount(axes)
    let (from, to) = (ConstantIndexing.strides(data.axes), ConstantIndexing.strides(axes))
    let indices = (0..<count).map { place in
      axes.indices.reduce(0) { $0 + place / to[$1] % axes[$1] % data.axes[$1] * from[$1] }
    }
    return [try data.picking(indices, axes: axes)]
  }

  static func transpose(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    let order = try permutation(context, rank: data.axes.count)
    let axes = order.map { data.axes[$0] }
    let strides = ConstantIndexing.strides(data.axes)
    if data.axes.count == 2, data.isFloat, order == [1, 0] {
      let values = transposed(try data.floats(), rows: data.axes[0], columns: data.axes[1])
      return [Constant(axes: axes, floats: values)]
    }
    try ConstantIndexing.checkedCount(axes, source: data.count)
    let indices =
      data.count == 0 ? [] : ConstantIndexing.walk(axes, strides: order.map { strides[$0] })
    return [try data.picking(indices, axes: axes)]
  }

  /// The order of axes that a Transpose asks for; reversed if it asks for none.
  static func permutation(_ context: NodeContext, rank: Int) throws(NodeProblem) -> [Int] {
    let order = context.integers("perm") ?? Array((0..<rank).reversed())
    guard order.sorted() == Array(0..<rank) else {
      throw .wrongAttribute(name: "perm", value: "\(order)")
    }
    return order
  }

  /// A matrix turned over: weights of other tools lie the other way round.
  static func transposed(_ values: [Float], rows: Int, columns: Int) -> [Float] {
    var result = Array(repeating: Float(0), count: values.count)
    for column in 0..<columns {
      for row in 0..<rows { result[column * rows + row] = values[row * columns + column] }
    }
    return result
  }

  static func reshape(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    guard let target = try context.integers("shape", orInput: 1) else { throw .missingInput(1) }
    var axes: [Int] = []
    for (index, length) in target.enumerated() {
      guard length == 0, !context.flag("allowzero") else {
        axes.append(length)
        continue
      }
      guard index < data.axes.count else {
        throw .axisOutOfRange(axis: index, rank: data.axes.count)
      }
      axes.append(data.axes[index])
    }
    if let open = axes.firstIndex(of: -1) {
      axes[open] = 1
      let known = try ConstantIndexing.checkedCount(axes, source: data.count)
      guard known > 0, data.count % known == 0 else { throw .shapesDoNotMatch(data.axes, target) }
      axes[open] = data.count / known
    }
    guard try ConstantIndexing.checkedCount(axes, source: data.count) == data.count else {
      throw .shapesDoNotMatch(data.axes, target)
    }
    return [data.reshaped(axes)]
  }

  static func flatten(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    let axis = context.integer("axis", default: 1)
    let rank = data.axes.count
    guard axis >= -rank, axis <= rank else { throw .axisOutOfRange(axis: axis, rank: rank) }
    let cut = axis < 0 ? axis + rank : axis
    return [
      data.reshaped([data.axes[..<cut].reduce(1, *), data.axes[cut...].reduce(1, *)])
    ]
  }

  static func unsqueeze(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    guard let added = try context.integers("axes", orInput: 1) else { throw .missingInput(1) }
    var axes = data.axes
    for axis in try insertedAxes(added, rank: data.axes.count) { axes.insert(1, at: axis) }
    return [data.reshaped(axes)]
  }

  /// Where an Unsqueeze puts its axes, in the order in which to insert them.
  static func insertedAxes(_ added: [Int], rank: Int) throws(NodeProblem) -> [Int] {
    guard rank + added.count <= ReadingLimits.rank else { throw .tooLarge(axes: []) }
    var axes: [Int] = []
    for axis in added { axes.append(try ConstantIndexing.axis(axis, rank: rank + added.count)) }
    guard Set(axes).count == axes.count else {
      throw .wrongAttribute(name: "axes", value: "\(added)")
    }
    return axes.sorted()
  }

  static func squeeze(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    let dimensions = data.axes
    let removed: [Int]
    if let axes = try context.integers("axes", orInput: 1) {
      removed = try axes.map { (axis) throws(NodeProblem) in
        try ConstantIndexing.axis(axis, rank: dimensions.count)
      }
    } else {
      removed = dimensions.indices.filter { dimensions[$0] == 1 }
    }
    for axis in removed where dimensions[axis] != 1 {
      throw .shapesDoNotMatch(dimensions, removed)
    }
    return [
      data.reshaped(dimensions.indices.filter { !removed.contains($0) }.map { dimensions[$0] })
    ]
  }

  static func split(_ context: NodeContext) throws(NodeProblem) -> [Constant] {
    let data = try context.constant(0)
    let axis = try ConstantIndexing.axis(
      context.integer("axis", default: 0), rank: data.axes.count)
    let strides = ConstantIndexing.strides(data.axes)
    var parts: [Constant] = []
    var start = 0
    for length in try splitLengths(context, length: data.axes[axis]) {
      var axes = data.axes
      axes[axis] = length
      let indices = ConstantIndexing.walk(axes, strides: strides, offset: start * strides[axis])
      parts.append(try data.picking(length == 0 ? [] : indices, axes: axes))
      start += length
    }
    return parts
  }

  /// How long the parts of a Split are.
  static func splitLengths(_ context: NodeContext, length: Int) throws(NodeProblem) -> [Int] {
    let count = context.node.outputs.count
    guard count > 0 else { throw .wrongOutputCount(found: 0, expected: 1...4096) }
    if let lengths = try context.integers("split", orInput: 1) {
      guard
        lengths.count == count, lengths.allSatisfy({ 0...length ~= $0 }),
        lengths.reduce(0, +) == length
      else { throw .wrongAttribute(name: "split", value: "\(lengths)") }
      return lengths
    }
    // Equal parts; the last is shorter if they do not come out even.
    let part = (length + count - 1) / count
    let lengths = (0..<count).map { min(part, length - min(length, $0 * part)) }
    return lengths
  }
}

/// One axis of a Slice.
struct SliceCut {
  let axis: Int
  let start: Int
  let end: Int
  let step: Int

  /// From attributes (before operator set 10) or inputs.
  static func read(_ context: NodeContext, rank: Int) throws(NodeProblem) -> [SliceCut] {
    guard
      let starts = try context.integers("starts", orInput: 1),
      let ends = try context.integers("ends", orInput: 2)
    else { throw .missingInput(1) }
    let axes = try context.integers("axes", orInput: 3) ?? Array(0..<starts.count)
    let steps =
      context.optional(4) == nil
      ? Array(repeating: 1, count: starts.count) : try context.integers(4)
    guard
      starts.count == ends.count, starts.count == axes.count, starts.count == steps.count
    else { throw .shapesDoNotMatch([starts.count], [ends.count]) }
    var cuts: [SliceCut] = []
    for index in starts.indices {
      let axis = try ConstantIndexing.axis(axes[index], rank: rank)
      guard !cuts.contains(where: { $0.axis == axis }) else {
        throw .wrongAttribute(name: "axes", value: "\(axes)")
      }
      cuts.append(
        SliceCut(axis: axis, start: starts[index], end: ends[index], step: steps[index]))
    }
    return cuts
  }
}
