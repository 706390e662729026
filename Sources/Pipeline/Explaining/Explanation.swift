public import Attribution

/// What a model says of a picture, and why: a map for each method and target.
public struct Explanation: Sendable {
  /// The picture as the model got it, and the way back.
  public let prepared: PreparedPicture
  public let answer: PictureAnswer

  /// Method by method; within a method, target by target.
  public let maps: [ExplainedMap]
}

/// One method's map for one target of one picture.
public struct ExplainedMap: Sendable {
  /// Signed, of the shape of the model's input, with its record.
  public let attribution: Attribution
  public let method: MethodDescription

  /// The explained score itself.
  public let score: Double

  /// How long it took; pictures that were computed side by side share their time.
  public let seconds: Double
}

extension Target {
  /// The score that a picture's answer gives it.
  func score(_ answer: PictureAnswer) -> Double {
    func prediction(_ index: Int) -> PictureAnswer.Prediction {
      guard let found = answer.predictions.first(where: { $0.index == index }) else {
        preconditionFailure("class \(index) of \(answer.predictions.count)")
      }
      return found
    }
    return switch self {
    case .logit(let index): Double(prediction(index).logit)
    case .probability(let index, _): prediction(index).probability
    case .contrast(let this, let that):
      Double(prediction(this).logit) - Double(prediction(that).logit)
    }
  }
}

/// Why a picture cannot be explained though others can.
public enum ExplanationProblem: Error, Equatable, Sendable {
  case notAnswered(UnusableAnswer)

  /// A method met one of its limits.
  case notExplained(MethodError)
}
