public import Tensors

/// The loss of classifiers, on logits `z`:
///
/// ```
/// p = softmax(z)      t_c = (1 − ε) w_y [c = y] + (ε / C) w_c      loss = −Σ_c t_c log p_c
/// ∂loss/∂z_c = p_c Σ t − t_c
/// ```
///
/// with the true class `y`, the label smoothing `ε`, and the class weights `w` (all one unless
/// given). A batch's loss is the mean over its samples, weighted by `w_y`, as PyTorch's.
///
/// Reference: Szegedy et al., arXiv:1512.00567, section 7, for the smoothing.
public struct SoftmaxCrossEntropy: Sendable, Hashable {
  /// The share of the target that is spread over all classes, 0…1.
  public let labelSmoothing: Float

  /// How much each class counts; empty for all the same.
  public let classWeights: [Float]

  public init(labelSmoothing: Float = 0, classWeights: [Float] = []) {
    precondition((0...1).contains(labelSmoothing), "label smoothing \(labelSmoothing)")
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
  }

  /// What the sum over a whole batch is divided by: the total weight of its labels.
  public func normalizer(labels: [Int]) -> Double {
    labels.reduce(0) { $0 + Double(weight(of: $1)) }
  }

  /// The share of the loss that one group of samples has, and the gradient of the logits.
  ///
  /// `labels` are those of the active lanes, in order. Gradients in idle lanes are zero. The shares
  /// of a batch's groups, added in order, are its loss.
  public func evaluate(
    logits: LanesView, labels: ArraySlice<Int>, normalizer: Double, gradient: MutableLanesView?
  ) -> Double {
    let classes = logits.count
    precondition(labels.count <= laneCount, "\(labels.count) labels in a group of \(laneCount)")
    precondition(
      labels.allSatisfy { (0..<classes).contains($0) }, "a label outside \(classes) classes")
    precondition(
      classWeights.isEmpty || classWeights.count == classes,
      "\(classWeights.count) weights for \(classes) classes")
    let (logSum, spread) = logSumAndSpread(logits)

    var loss = 0.0
    var total = Vector.zero
    let smoothing = labelSmoothing / Float(classes)
    let smoothedTotal = smoothing * (0..<classes).reduce(0) { $0 + weight(of: $1) }
    for (lane, label) in labels.enumerated() {
      let hit = (1 - labelSmoothing) * weight(of: label)
      loss += Double(hit * (logSum[lane] - logits[label][lane]) + smoothing * spread[lane])
      total[lane] = hit + smoothedTotal
    }
    if let gradient {
      let scale = Float(1 / normalizer)
      let isIdle = Vector(laneIndices) .>= Float(labels.count)
      for c in 0..<classes {
        let slope = (logits[c] - logSum).exp() * total - smoothing * weight(of: c)
        gradient[c] = (slope * scale).replacing(with: 0, where: isIdle)
      }
      for (lane, label) in labels.enumerated() {
        gradient[label][lane] -= (1 - labelSmoothing) * weight(of: label) * scale
      }
    }
    return loss / normalizer
  }

  /// `log Σ_c e^{z_c}` and `Σ_c w_c (log Σ − z_c)`, the latter only if labels are smoothed.
  private func logSumAndSpread(_ logits: LanesView) -> (logSum: Vector, spread: Vector) {
    var largest = Vector(repeating: -.infinity)
    for c in 0..<logits.count { largest = .maximum(largest, logits[c]) }
    var sum = Vector.zero
    for c in 0..<logits.count { sum += (logits[c] - largest).exp() }
    let logSum = largest + sum.log()
    var spread = Vector.zero
    if labelSmoothing > 0 {
      for c in 0..<logits.count { spread += weight(of: c) * (logSum - logits[c]) }
    }
    return (logSum, spread)
  }

  private func weight(of label: Int) -> Float { classWeights.isEmpty ? 1 : classWeights[label] }
}

private let laneIndices = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
