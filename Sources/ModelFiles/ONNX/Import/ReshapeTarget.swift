import Tensors

/// What a Reshape asks for, with the batch axis found again.
///
/// Every file means something for a batch of one, and that meaning is kept for each sample: where
/// the batch axis can be told from the others it stays apart, and where a file merges it with others
/// (`[N·H·W, C]`) or drops it, the value has no batch axis until a later node brings it back.
struct ReshapeTarget {
  /// The axes of one sample.
  let axes: [Int]
  let batchAxis: Int?

  init(
    of activation: Activation, to target: [SymbolicInteger], zeroCopies: Bool, fixedBatch: Int?
  ) throws(NodeProblem) {
    let batch = fixedBatch ?? 1
    let source = activation.dimensions
    var lengths: [Int] = []
    var batchAxis: Int?
    var open: Int?
    for (index, length) in target.enumerated() {
      var length = length
      if length == SymbolicInteger(0), zeroCopies {
        guard index < source.count else { throw .axisOutOfRange(axis: index, rank: source.count) }
        length = source[index]
      }
      if length == SymbolicInteger(-1) {
        guard open == nil else { throw .wrongAttribute(name: "shape", value: "two times -1") }
        open = index
        lengths.append(1)
      } else if length == .batch, batchAxis == nil {
        batchAxis = index
        lengths.append(batch)
      } else {
        guard let known = length.value(batch: batch) else { throw .tooLarge(axes: []) }
        lengths.append(known)
      }
    }

    let total = activation.shape.count * (activation.batchAxis == nil ? 1 : batch)
    var known = 1
    for length in lengths {
      let (product, overflow) = known.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow, product <= 1 << 50 else { throw .tooLarge(axes: lengths) }
      known = product
    }
    if let open {
      guard total % known == 0 else { throw .shapesDoNotMatch(activation.shape.axes, lengths) }
      lengths[open] = total / known
    } else {
      guard known == total else { throw .shapesDoNotMatch(activation.shape.axes, lengths) }
    }

    if batchAxis == nil, let place = activation.batchAxis ?? (batch == 1 ? nil : 0),
      place < lengths.count, lengths[place] == batch
    {
      batchAxis = place
    }
    guard batchAxis != nil || batch == 1 else { throw .mixesBatch }
    if let batchAxis { lengths.remove(at: batchAxis) }
    axes = lengths
    self.batchAxis = batchAxis
  }
}
