import Attribution
import Tensors

/// A model that is a formula: methods are tested on functions whose maps can be computed by hand.
final class ToyModel: DifferentiableScorer {
  let inputShape: Shape
  let logitCount: Int
  private let logits: @Sendable ([Double]) -> [Double]
  private let gradients: @Sendable ([Double]) -> [[Double]]

  /// How many groups were run, which is what methods cost.
  private(set) var groupsRun = 0

  /// - Parameters:
  ///   - logits: the scores of an input.
  ///   - gradients: for each score, its gradient at an input.
  init(
    _ inputShape: Shape, logitCount: Int = 1, logits: @escaping @Sendable ([Double]) -> [Double],
    gradients: @escaping @Sendable ([Double]) -> [[Double]]
  ) {
    self.inputShape = inputShape
    self.logitCount = logitCount
    self.logits = logits
    self.gradients = gradients
  }

  /// `f(x) = w · x + b`
  static func linear(_ weights: [Double], bias: Double = 0) -> ToyModel {
    ToyModel([1, 1, weights.count]) { x in
      [zip(weights, x).reduce(bias) { $0 + $1.0 * $1.1 }]
    } gradients: { _ in
      [weights]
    }
  }

  func evaluate(
    groups: Int, fill: @Sendable (Int, MutableLanesView) -> Void, read: (Int, LanesView) -> Void
  ) {
    for group in 0..<groups {
      let logits = run(group, fill).logits
      withExtendedLifetime(logits) { read(group, logits.view) }
    }
  }

  func differentiate(
    groups: Int, fill: @Sendable (Int, MutableLanesView) -> Void,
    seed: @Sendable (Int, LanesView, MutableLanesView) -> Void,
    read: (Int, LanesView, LanesView) -> Void
  ) {
    for group in 0..<groups {
      let (inputs, logits) = run(group, fill)
      let dLogits = Lanes([logitCount])
      seed(group, logits.view, dLogits.mutableView)
      let gradient = Lanes(inputShape)
      for lane in 0..<laneCount {
        let rows = gradients(inputs.view.sample(lane).map(Double.init))
        for (index, row) in rows.enumerated() {
          for (place, value) in row.enumerated() {
            gradient.mutableView[place][lane] += Float(value) * dLogits.view[index][lane]
          }
        }
      }
      withExtendedLifetime((logits, gradient)) { read(group, logits.view, gradient.view) }
    }
  }

  private func run(
    _ group: Int, _ fill: (Int, MutableLanesView) -> Void
  ) -> (inputs: Lanes, logits: Lanes) {
    groupsRun += 1
    let inputs = Lanes(inputShape)
    fill(group, inputs.mutableView)
    let scores = Lanes([logitCount])
    for lane in 0..<laneCount {
      let values = logits(inputs.view.sample(lane).map(Double.init))
      scores.mutableView.setSample(lane, to: values.map(Float.init))
    }
    return (inputs, scores)
  }
}
