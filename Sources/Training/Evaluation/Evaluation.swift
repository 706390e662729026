/// How good a classifier is, measured on a data set.
public struct Evaluation: Sendable, Equatable {
  public let count: Int
  public let rightCount: Int
  public let classes: [String]

  /// The mean cross-entropy.
  public let loss: Double

  /// `confusion[label][answer]` counts samples.
  public let confusion: [[Int]]

  /// `topCounts[k]` samples have their label among the `k + 1` likeliest classes; up to five.
  public let topCounts: [Int]
  public let calibration: Calibration

  /// The wrong answers, the most confident first.
  public let mistakes: [Mistake]

  public struct Mistake: Sendable, Equatable {
    public let sample: Int
    public let label: Int
    public let answer: Int

    /// Of the answer.
    public let probability: Double
  }

  public init(_ scores: Scores, classes: [String]) {
    precondition(
      classes.count == scores.classCount, "\(classes.count) names, \(scores.classCount) classes")
    let size = classes.count
    var confusion = Array(repeating: Array(repeating: 0, count: size), count: size)
    var topCounts = Array(repeating: 0, count: min(5, size))
    var mistakes: [Mistake] = []
    var answers: [(confidence: Double, isRight: Bool)] = []
    for sample in 0..<scores.count {
      let (label, answer) = (scores.labels[sample], scores.answer(sample))
      let probability = scores.probabilities(of: sample)[answer]
      confusion[label][answer] += 1
      answers.append((probability, label == answer))
      let logits = Array(scores.logits(of: sample))
      let rank = logits.indices.reduce(0) { rank, k in
        rank + (logits[k] > logits[label] || logits[k] == logits[label] && k < label ? 1 : 0)
      }
      for k in topCounts.indices where rank <= k { topCounts[k] += 1 }
      if label != answer {
        mistakes.append(
          Mistake(sample: sample, label: label, answer: answer, probability: probability))
      }
    }
    count = scores.count
    rightCount = scores.rightCount
    loss = scores.meanLoss
    self.classes = classes
    self.confusion = confusion
    self.topCounts = topCounts
    calibration = Calibration(answers)
    self.mistakes = mistakes.sorted { ($1.probability, $0.sample) < ($0.probability, $1.sample) }
  }
}

extension Evaluation {
  public var accuracy: Double { Double(rightCount) / Double(max(1, count)) }

  /// Where the accuracy lies on new data of the same kind, at 95 %.
  public var accuracyInterval: ClosedRange<Double> {
    wilsonInterval(successes: rightCount, of: count)
  }

  /// Of those answered `k`, the share that are; nothing if none was.
  public func precision(_ k: Int) -> Double? {
    ratio(confusion[k][k], confusion.reduce(0) { $0 + $1[k] })
  }

  /// Of those that are `k`, the share answered so.
  public func recall(_ k: Int) -> Double? { ratio(confusion[k][k], confusion[k].reduce(0, +)) }

  /// The harmonic mean of precision and recall.
  public func f1(_ k: Int) -> Double? {
    ratio(2 * confusion[k][k], confusion.reduce(0) { $0 + $1[k] } + confusion[k].reduce(0, +))
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}

/// The interval of a share at 95 %, which unlike the textbook one stays within 0 and 1 and is right
/// for shares near them.
///
/// ```
/// (p + z²/2n ± z √(p (1 − p) / n + z²/4n²)) / (1 + z²/n)        z = 1.96
/// ```
///
/// Reference: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
public func wilsonInterval(successes: Int, of count: Int) -> ClosedRange<Double> {
  guard count > 0 else { return 0...1 }
  let (n, p, z) = (Double(count), Double(successes) / Double(count), 1.959_963_984_540_054)
  let center = p + z * z / (2 * n)
  let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return max(0, (center - reach) / scale)...min(1, (center + reach) / scale)
}
