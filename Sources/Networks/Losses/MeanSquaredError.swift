public import Tensors

/// The mean of `(y − t)²` over all elements of all samples of a batch.
public struct MeanSquaredError: Sendable, Hashable {
  public init() {}

  /// The share of the loss that one group of samples has, and the gradient of its outputs.
  ///
  /// `batchCount` is the number of samples in the whole batch. Gradients in idle lanes are zero. The
  /// shares of a batch's groups, added in order, are its loss.
  public func evaluate(
    outputs: LanesView, targets: LanesView, activeLanes: Int, batchCount: Int,
    gradient: MutableLanesView?
  ) -> Double {
    precondition(
      outputs.count == targets.count, "\(outputs.count) outputs, \(targets.count) targets")
    precondition((1...laneCount).contains(activeLanes), "\(activeLanes) lanes of \(laneCount)")
    let share = 1 / (Double(batchCount) * Double(outputs.count))
    let scale = Float(2 * share)
    var loss = 0.0
    for i in 0..<outputs.count {
      let difference = outputs[i] - targets[i]
      for lane in 0..<activeLanes { loss += Double(difference[lane]) * Double(difference[lane]) }
      guard let gradient else { continue }
      var slope = Vector.zero
      for lane in 0..<activeLanes { slope[lane] = difference[lane] * scale }
      gradient[i] = slope
    }
    return loss * share
  }
}
