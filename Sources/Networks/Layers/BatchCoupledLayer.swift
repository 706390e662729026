public import Tensors

/// A layer that in training mixes the samples of a batch: batch normalisation.
///
/// Every group of the batch has to arrive before any can go on. So forward has two halves: each
/// group adds up its own partial sums, the sums are added group by group in order, and each group
/// then goes on with the totals. Backward has the same two halves.
public protocol BatchCoupledLayer: Layer {
  /// Whether the batch is mixed at all: not outside training.
  func isCoupled(purpose: PlanPurpose) -> Bool

  /// How many numbers the groups exchange, forward and backward.
  func totalsCount(inputs: [Shape]) -> (forward: Int, backward: Int)

  /// Writes this group's partial sums over its active lanes.
  func forwardTotals(_ pass: ForwardPass, into totals: inout [Double])

  /// Goes on with the sums over the whole batch of `samples` samples.
  func forward(_ pass: ForwardPass, weights: LayerWeights, totals: [Double], samples: Int)

  /// Writes this group's partial sums for backward.
  func backwardTotals(
    _ pass: BackwardPass, weights: LayerWeights, forwardTotals: [Double], samples: Int,
    into totals: inout [Double])

  /// Goes on with the sums over the whole batch, `ownTotals` being this group's part of them.
  /// `dParameters` get this group's share, so that the
  /// sum over groups is the gradient.
  func backward(
    _ pass: BackwardPass, weights: LayerWeights, forwardTotals: [Double], ownTotals: [Double],
    totals: [Double], samples: Int)

  /// The parameters after this batch (running statistics move), given the forward totals.
  func updated(
    _ parameters: [Parameter], forwardTotals: [Double], samples: Int, inputs: [Shape]
  ) -> [Parameter]
}

extension BatchCoupledLayer {
  public var asBatchCoupled: (any BatchCoupledLayer)? { self }
}
