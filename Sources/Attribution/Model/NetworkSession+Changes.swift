import Networks
public import Tensors

extension NetworkSession {
  /// Scores inputs and changes of them, computing of each layer what a change reaches, where that is
  /// less than everything.
  ///
  /// The numbers are those of the whole inputs: to the bit, or within 1e-6 of the largest where that
  /// saves a good deal (``TileRule``). They depend on the input and its changes alone.
  public func evaluate(
    _ changes: InputChanges,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    guard let plan = model.recomputation() else { return evaluateWhole(changes, read: read) }
    let order = ChangeOrder(changes, inputShape, plan, workers: workers)
    recompute(order, read: read)
    if !order.wholeInputs.isEmpty { evaluateWhole(changes, inputs: order.wholeInputs, read: read) }
  }

  /// Computes what the changes reach, piece by piece.
  func recompute(
    _ order: ChangeOrder,
    read: (_ input: Int, _ change: Int?, _ logits: LanesView, _ lane: Int) -> Void
  ) {
    let pieces = order.pieces
    guard !pieces.isEmpty else { return }
    let seats = recomputationSeats(order.plan)
    for seat in seats { seat.base = nil }
    // So many that threads seldom wait for the last one.
    let bytes = logitCount * MemoryLayout<Vector>.stride
    let together = min(pieces.count, max(seats.count, min(64, (16 << 20) / bytes)))
    let results = (0..<together).map { _ in (base: Lanes([logitCount]), own: Lanes([logitCount])) }
    for start in stride(from: 0, to: pieces.count, by: together) {
      let round = pieces[start..<min(start + together, pieces.count)]
      forEach(round.count) { worker, index in
        let (seat, piece) = (seats[worker], pieces[start + index])
        if seat.base != piece.base {
          order.setBase(piece, of: seat.recomputation)
          seat.base = piece.base
        }
        results[index].own.mutableView.copy(order.outputs(piece, of: seat.recomputation))
        if piece.isFirst { results[index].base.mutableView.copy(seat.recomputation.baseOutputs) }
      }
      for (piece, result) in zip(round, results) {
        if piece.isFirst {
          for (lane, input) in piece.inputs.enumerated() {
            read(input, nil, result.base.view, lane)
          }
        }
        for (lane, sample) in piece.samples.enumerated() {
          read(sample.input, sample.change, result.own.view, lane)
        }
      }
    }
  }
}
