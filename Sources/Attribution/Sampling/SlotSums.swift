import Networks
import Tensors

/// Sums over the samples of one item, in an order that depends on nothing but their numbers: sample
/// `k` is added to slot `k mod 16`, in the order of `k`, and the slots are added in a fixed tree.
///
/// So a map has the same bytes whether its image was computed alone or among others.
struct SlotSums {
  private let lanes: Lanes

  init(_ shape: Shape) { lanes = Lanes(shape) }

  /// Adds a block's values, one for each slot.
  func add(_ values: LanesView) { lanes.mutableView.add(values) }

  /// Adds `values · factor`, a factor for each slot.
  func add(_ values: LanesView, times factor: Vector) {
    lanes.mutableView.map(lanes.view, values) { $0 + $1 * factor }
  }

  /// Adds the products of two lists of values.
  func add(_ values: LanesView, times others: LanesView) {
    lanes.mutableView.map(lanes.view, values, others) { $0 + $1 * $2 }
  }

  /// Adds the squares.
  func addSquares(_ values: LanesView) {
    lanes.mutableView.map(lanes.view, values) { $0 + $1 * $1 }
  }

  /// Adds the squares times a factor for each slot.
  func addSquares(_ values: LanesView, times factor: Vector) {
    lanes.mutableView.map(lanes.view, values) { $0 + $1 * $1 * factor }
  }

  /// The sums over the slots.
  func totals() -> [Float] {
    withExtendedLifetime(lanes) {
      let view = lanes.view
      return (0..<view.count).map { view[$0].sum(active: laneCount) }
    }
  }
}
