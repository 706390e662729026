import Networks
import Tensors

/// Where a run stands besides the weights themselves.
struct TrainingState: Sendable, Equatable {
  /// Epochs and batches done.
  var epoch = 0
  var step = 0
  var history: [EpochRecord] = []

  /// The lowest validation loss so far, and for how many epochs it has not been lower.
  var bestLoss = Double.infinity
  var epochsSinceBest = 0

  /// Takes note of an epoch; whether it was the best so far.
  mutating func finish(_ record: EpochRecord) -> Bool {
    epoch = record.epoch
    history.append(record)
    let loss = record.validationLoss ?? record.trainingLoss
    guard loss < bestLoss else {
      epochsSinceBest += 1
      return false
    }
    bestLoss = loss
    epochsSinceBest = 0
    return true
  }
}

/// All numbers of a network that change in training.
struct WeightSnapshot: Sendable, Equatable {
  /// The trainable ones, one behind the other.
  var values: [Float]

  /// Running statistics.
  var statistics: [Float]
}

/// The moving average of weights and statistics:
///
/// ```
/// average ← kept · average + (1 − kept) · value
/// ```
///
/// Reference: Polyak, Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the
/// exponential form as in Szegedy et al. 2016.
final class WeightAverage: Sendable {
  let values: AlignedFloats
  let statistics: AlignedFloats

  init(_ snapshot: WeightSnapshot) {
    values = AlignedFloats(snapshot.values)
    statistics = AlignedFloats(snapshot.statistics)
  }

  /// Moves a part of the values.
  func move(towards source: AlignedFloats, _ range: Range<Int>, kept: Float) {
    values.blend(source, range, kept: kept)
  }

  func move(towardsStatistics source: [Float], kept: Float) {
    statistics.blend(AlignedFloats(source), source.indices, kept: kept)
  }

  var snapshot: WeightSnapshot {
    WeightSnapshot(values: values.array, statistics: statistics.array)
  }
}

extension AlignedFloats {
  fileprivate func blend(_ source: AlignedFloats, _ range: Range<Int>, kept: Float) {
    precondition(
      source.count == count && range.upperBound <= count, "\(range) of \(source.count), \(count)")
    let (target, source) = unsafe (pointer, source.pointer)
    for i in range { unsafe target[i] += (1 - kept) * (source[i] - target[i]) }
  }

  /// `Σ x²` over a range, in eight partial sums.
  func sumOfSquares(_ range: Range<Int>) -> Float {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "\(range) of \(count)")
    var sums = SIMD8<Float>()
    var i = range.lowerBound
    while i + 8 <= range.upperBound {
      let part = unsafe UnsafeRawPointer(pointer + i).loadUnaligned(as: SIMD8<Float>.self)
      sums += part * part
      i += 8
    }
    var rest: Float = 0
    while i < range.upperBound {
      let value = unsafe pointer[i]
      rest += value * value
      i += 1
    }
    return sums.sum() + rest
  }
}
