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
    let classes = predictions.prefix(top).map {
      "{\"index\":\($0.index),\"label\":\(JSONText.string($0.label)),"
        + "\"logit\":\(JSONText.number($0.logit)),"
        + "\"probability\":\(JSONText.number($0.probability))}"
    }
    let unlike = isUnlikeTraining.map { "\($0)" } ?? "null"
    let distance = familiarity.map { JSONText.number($0.distance) } ?? "null"
    let shortfall = familiarity.map { JSONText.number($0.logitShortfall) } ?? "null"
    return "{\"path\":\(JSONText.string(path)),\"status\":\"ok\","
      + "\"predictions\":[\(classes.joined(separator: ","))],\"unlike_training\":\(unlike),"
      + "\"distance_to_training\":\(distance),\"logit_shortfall\":\(shortfall)}"
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
