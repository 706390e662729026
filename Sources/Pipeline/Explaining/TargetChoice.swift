import Attribution
import Networks

/// Which score of a picture is explained, as people say it.
public enum TargetChoice: Sendable, Hashable {
  /// The classes that the model finds likeliest, so many of them.
  case top(Int)

  /// A class by its label or, where no label is like that, its number.
  case named(String)

  /// Why one class and not another: the difference of their logits. A class whose label is all of it,
  /// `A-vs-B`, is meant where there is one.
  case contrast(String, String)

  /// Reads `top`, `top3`, a label, a number, or `4-vs-9`; nothing if a part is empty.
  public init?(_ text: String) {
    if text == "top" {
      self = .top(1)
    } else if text.hasPrefix("top"), let count = Int(text.dropFirst(3)), count > 0 {
      self = .top(count)
    } else {
      let contrasts = Self.contrasts(in: text)
      if let (this, that) = contrasts.first(where: { !$0.this.isEmpty && !$0.that.isEmpty }) {
        self = .contrast(this, that)
      } else if contrasts.isEmpty && !text.isEmpty {
        self = .named(text)
      } else {
        return nil
      }
    }
  }
}

extension TargetChoice {
  /// What stands between the two classes of a contrast.
  private static let versus = "-vs-"

  /// All ways to take a text apart as a contrast, since labels may hold the same letters. By scalars:
  /// a label may begin with a vowel sign that makes one character with what stands before it.
  static func contrasts(in text: String) -> [(this: String, that: String)] {
    let scalars = text.unicodeScalars
    let versus = versus.unicodeScalars
    return scalars.indices.filter { scalars[$0...].starts(with: versus) }.map {
      (String(scalars[..<$0]), String(scalars[$0...].dropFirst(versus.count)))
    }
  }
}

extension TargetChoice: CustomStringConvertible {
  /// The choice as it is read: `top`, `top3`, `4-vs-9`.
  public var description: String {
    switch self {
    case .top(1): "top"
    case .top(let count): "top\(count)"
    case .named(let name): name
    case .contrast(let this, let that): this + Self.versus + that
    }
  }
}

/// What of a class is explained.
public enum OutputKind: String, Sendable, Hashable, CaseIterable {
  case logit
  case probability
}

/// Why a choice of target means nothing for a model.
public enum TargetError: Error, Equatable {
  case unknownClass(String, labels: [String])
  case sameClassTwice(String)

  /// A difference of two probabilities is not offered: that of the logits is the log of the odds.
  case contrastOfProbabilities
}

/// A choice of target, understood for one model.
struct TargetResolver: Sendable {
  private let fixed: Target?
  let count: Int
  private let score: Score

  /// What of a class is explained, with what makes probabilities of the model's logits.
  private struct Score {
    let kind: OutputKind
    let probability: ClassProbability

    func target(_ index: Int) -> Target {
      switch kind {
      case .logit: .logit(index)
      case .probability: .probability(index, probability)
      }
    }
  }

  init(
    _ choice: TargetChoice, _ kind: OutputKind, _ probability: ClassProbability, labels: [String]
  ) throws(TargetError) {
    score = Score(kind: kind, probability: probability)
    switch choice {
    case .top(let count):
      (fixed, self.count) = (nil, min(count, labels.count))
    case .named(let name):
      fixed = score.target(try Self.index(of: name, labels))
      count = 1
    case .contrast(let this, let that):
      fixed =
        if let whole = labels.firstIndex(of: choice.description) {
          score.target(whole)
        } else {
          try Self.contrast(this, that, kind, labels)
        }
      count = 1
    }
  }

  /// The contrast of the two classes; of what else the same text may mean, if these are none.
  private static func contrast(
    _ this: String, _ that: String, _ kind: OutputKind, _ labels: [String]
  ) throws(TargetError) -> Target {
    guard kind == .logit else { throw .contrastOfProbabilities }
    let text = TargetChoice.contrast(this, that).description
    for other in [(this, that)] + TargetChoice.contrasts(in: text) {
      guard let first = try? index(of: other.0, labels),
        let second = try? index(of: other.1, labels)
      else { continue }
      guard first != second else { throw .sameClassTwice(other.0) }
      return .contrast(this: first, that: second)
    }
    _ = try index(of: this, labels)
    throw .unknownClass(that, labels: labels)
  }

  /// A target of the kind that all pictures have.
  var example: Target { fixed ?? score.target(0) }

  /// The targets for a picture, the likeliest class's first.
  func targets(_ answer: PictureAnswer) -> [Target] {
    if let fixed { return [fixed] }
    return answer.predictions.prefix(count).map { score.target($0.index) }
  }

  private static func index(of name: String, _ labels: [String]) throws(TargetError) -> Int {
    if let index = labels.firstIndex(of: name) { return index }
    guard let index = Int(name), labels.indices.contains(index) else {
      throw .unknownClass(name, labels: labels)
    }
    return index
  }
}
