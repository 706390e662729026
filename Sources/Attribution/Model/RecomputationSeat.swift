import Networks

/// A thread's place for computing changes anew. One thread at a time uses it.
final class RecomputationSeat: @unchecked Sendable {
  let recomputation: Recomputation

  /// The number of the piece's base that stands there, if it is of the changes at hand.
  var base: Int?

  init(_ plan: RecomputationPlan) { recomputation = Recomputation(plan) }
}
