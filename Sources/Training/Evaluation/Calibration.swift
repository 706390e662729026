/// Whether a classifier is right as often as it says: answers sorted into bins by their confidence.
///
/// The expected calibration error is the mean distance between confidence and accuracy over the
/// bins, weighted by how many answers each holds.
///
/// Reference: Guo, Pleiss, Sun, Weinberger, "On calibration of modern neural networks", 2017,
/// arXiv:1706.04599, with 15 bins of equal width as there.
public struct Calibration: Sendable, Equatable {
  public let bins: [Bin]
  public let expectedError: Double

  /// The answers whose confidence lies in `(lower, upper]`.
  public struct Bin: Sendable, Equatable {
    public let lower: Double
    public let upper: Double
    public let count: Int

    /// The means over the bin; zero if it is empty.
    public let confidence: Double
    public let accuracy: Double
  }

  /// Sorts answers into bins.
  public init(_ answers: [(confidence: Double, isRight: Bool)], binCount: Int = 15) {
    precondition(binCount > 0, "\(binCount) bins")
    var counts = Array(repeating: 0, count: binCount)
    var sums = Array(repeating: 0.0, count: binCount)
    var rights = Array(repeating: 0, count: binCount)
    for answer in answers {
      let place = Int((answer.confidence * Double(binCount)).rounded(.up)) - 1
      let bin = min(max(place, 0), binCount - 1)
      counts[bin] += 1
      sums[bin] += answer.confidence
      rights[bin] += answer.isRight ? 1 : 0
    }
    bins = (0..<binCount).map { bin in
      let count = Double(max(1, counts[bin]))
      return Bin(
        lower: Double(bin) / Double(binCount), upper: Double(bin + 1) / Double(binCount),
        count: counts[bin], confidence: sums[bin] / count, accuracy: Double(rights[bin]) / count)
    }
    let total = Double(max(1, answers.count))
    expectedError = bins.reduce(0) {
      $0 + Double($1.count) / total * abs($1.confidence - $1.accuracy)
    }
  }
}
