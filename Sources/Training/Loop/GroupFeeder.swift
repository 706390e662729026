import Networks
import Tensors

/// Puts the samples of one group of a batch into the network, and takes its part of the loss. One
/// for each group, so that threads share nothing.
final class GroupFeeder: @unchecked Sendable {
  private let count: Int
  private let augmenter: Augmenter?
  private var samples: [Float]

  /// The group's part of the last batch's loss.
  private(set) var result = RunningLoss()

  init(_ shape: Shape, _ augmentation: Augmentation) {
    count = shape.count
    augmenter = augmentation.isNone ? nil : Augmenter(augmentation, shape: shape)
    samples = Array(repeating: 0, count: laneCount * shape.count)
  }

  /// Loads the samples `chosen` and changes each as its own random numbers say.
  func fill(
    _ target: MutableLanesView, _ data: DataSet, _ chosen: ArraySlice<Int>, seed: UInt64,
    epoch: Int
  ) {
    for (lane, sample) in chosen.enumerated() {
      data.load(sample, into: &samples, at: lane * count)
      guard let augmenter else { continue }
      var random = CounterRandom(
        seed: seed, Purpose.augmentation, UInt32(epoch),
        UInt32(truncatingIfNeeded: data.identity(of: sample)))
      augmenter.apply(to: &samples, at: lane * count, random: &random)
    }
    target.interleave(samples, count: chosen.count)
  }

  /// Writes the gradient of the batch's loss.
  func seed(
    _ logits: LanesView, _ dLogits: MutableLanesView, labels: ArraySlice<Int>,
    _ function: SoftmaxCrossEntropy, normalizer: Double
  ) {
    let loss = function.evaluate(
      logits: logits, labels: labels, normalizer: normalizer, gradient: dLogits)
    var right = 0
    for (lane, label) in labels.enumerated() {
      var answer = 0
      for k in 0..<logits.count where logits[k][lane] > logits[answer][lane] { answer = k }
      right += answer == label ? 1 : 0
    }
    result = RunningLoss(sum: loss * normalizer, weight: 0, right: right)
  }
}

/// What a part of an epoch came to.
struct RunningLoss: Sendable {
  var sum = 0.0
  var weight = 0.0
  var right = 0

  mutating func add(_ other: RunningLoss) {
    sum += other.sum
    weight += other.weight
    right += other.right
  }

  var mean: Double { weight > 0 ? sum / weight : 0 }
}

extension MutableLanesView {
  /// Puts samples that lie one behind the other into the first `lanes` lanes.
  func interleave(_ samples: [Float], count lanes: Int) {
    precondition(
      samples.count >= lanes * count && lanes <= laneCount,
      "\(samples.count) values for \(lanes) lanes of \(count)")
    unsafe samples.withUnsafeBufferPointer { source in
      unsafe pointer.withMemoryRebound(to: Float.self, capacity: count * laneCount) { target in
        for lane in 0..<lanes {
          for i in 0..<count { unsafe target[i * laneCount + lane] = source[lane * count + i] }
        }
      }
    }
  }
}
