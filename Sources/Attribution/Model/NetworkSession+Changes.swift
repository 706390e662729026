import Networks
public import Tensors

extension NetworkSession {
  /// Scores inputs and changes of them, computing of each layer what a change reaches, where that is
  /// less than everything. The same numbers to the bit as of the whole inputs.
  public func evaluate(
    _ changes: InputChanges,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    guard let plan = model.recomputation() else { return evaluateWhole(changes, read: read) }
    let order = ChangeOrder(changes, inputShape, plan)
    guard order.savesTime else { return evaluateWhole(changes, read: read) }
    recompute(order, read: read)
  }

  /// Computes what the changes reach, piece by piece.
  func recompute(
    _ order: ChangeOrder,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    let recomputations = recomputations(order.plan)
    let pieces = order.pieces
    // Which base is where; bases are numbered by their first input.
    var bases: [Int?] = recomputations.map { _ in nil }
    var isRead: Set<Int> = []
    for start in stride(from: 0, to: pieces.count, by: recomputations.count) {
      let round = pieces[start..<min(start + recomputations.count, pieces.count)]
      let known = bases
      let outputs = map(round.count) { index in
        let (recomputation, piece) = (recomputations[index], pieces[start + index])
        if known[index] != piece.base { order.setBase(piece, of: recomputation) }
        return order.outputs(piece, of: recomputation)
      }
      for (index, piece) in round.enumerated() {
        bases[index] = piece.base
        if isRead.insert(piece.base).inserted {
          for (lane, input) in piece.inputs.enumerated() {
            read(input, nil, recomputations[index].baseOutputs, lane)
          }
        }
        for (lane, sample) in piece.samples.enumerated() {
          read(sample.input, sample.change, outputs[index], lane)
        }
      }
    }
  }
}
