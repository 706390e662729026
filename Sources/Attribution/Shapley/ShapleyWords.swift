/// What readers of a map of Shapley values have to know.
enum ShapleyWords {
  /// - Parameter orders: of the parts, over which is averaged.
  static func reading(_ orders: String) -> String {
    "A part's value says what the score gains when the part joins those that are shown already, on "
      + "the average over \(orders): positive parts raise the score, negative ones lower it. The "
      + "parts' values add up to the difference between the whole image and the one with every part "
      + "taken away."
  }

  static let caution =
    "It speaks of whole parts as they were cut, not of pixels. Parts that say the same share the "
    + "credit for it, and pictures with many parts taken away may be unlike all that the model has "
    + "seen."

  /// Where not all that there is was evaluated.
  static let chance = " What is drawn at random adds an error, whose size the records estimate."
}
