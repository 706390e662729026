import Pipeline
import Rendering
import Training

/// What `classify` says.
enum ClassifyMessages {
  static func line(_ answer: PictureAnswer, path: String, top: Int) -> String {
    let classes = answer.predictions.prefix(top)
      .map { "\($0.label) \(Percentage.text($0.probability))" }.joined(separator: ", ")
    return "\(path): \(classes)\(doubt(answer))"
  }

  /// Why the answer should not be trusted, if that is known.
  private static func doubt(_ answer: PictureAnswer) -> String {
    guard let familiarity = answer.familiarity else { return "" }
    switch (familiarity.looksDifferent, familiarity.isAnsweredWeakly) {
    case (false, false): return ""
    case (true, true): return " (unlike the training data)"
    case (true, false): return " (unlike the training data: it looks different)"
    case (false, true): return " (unlike the training data: no class stands out)"
    }
  }
}

extension PictureAnswer {
  /// One line of JSON.
  func json(path: String, top: Int) -> String {
    JSONText.object([
      ("path", JSONText.string(path)), ("status", "\"ok\""),
      ("predictions", JSONText.list(predictions.prefix(top).map(\.json))),
      ("unlike_training", isUnlikeTraining.map { "\($0)" } ?? "null"),
      ("distance_to_training", familiarity.map { JSONText.number($0.distance) } ?? "null"),
      ("logit_shortfall", familiarity.map { JSONText.number($0.logitShortfall) } ?? "null"),
    ])
  }
}

extension PreparationError: DescribedError {
  var sentence: String {
    switch self {
    case .notAPicture(let shape):
      "The model's input is \(shape), which is no picture."
    case .wrongChannelCount(let found, let expected):
      "Mean and deviation (--mean, --std) are one number, or one for each channel: \(expected) for "
        + "this model, but there are \(found)."
    case .deviationNotPositive:
      "The standard deviation of a model's input (--std) must be above zero."
    case .digitsAreSquare(let width, let height):
      "Digits are fitted into squares, but the model takes \(width)x\(height)."
    }
  }
}
