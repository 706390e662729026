/// Methods that are the ``Gradient`` of another pass.
enum OnePassMethods {
  /// `a = x ∂f/∂x`: how much each input number contributes if the score is read as linear.
  static let inputTimesGradient = MethodDescription(
    name: "input-x-gradient", family: .gradient,
    summary: "the gradient times the input, in the units of the model's input",
    reference: "Shrikumar et al. 2016, arXiv 1605.01713",
    completeness: .none, settings: [], cost: "1 forward, 1 backward",
    reading:
      "A pixel's value is its number in the model's input times the gradient there, its part "
      + "in the score as if the network were linear: positive values raise the score, negative ones "
      + "lower it.",
    caution:
      "Networks are not linear. A pixel whose number is zero gets nothing, whatever it means: "
      + "black as the model sees it, or some grey where a mean is subtracted."
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .inputTimesGradient)) }

  static let guidedBackprop = MethodDescription(
    name: "guided-backprop", family: .gradient,
    summary: "the gradient where it and the activations are positive; shows edges, whatever the "
      + "class",
    reference: "Springenberg et al. 2015, arXiv 1412.6806",
    completeness: .none, settings: [], cost: "1 forward, 1 backward",
    reading:
      "A signal went back from the score, and each rectifier that was active passed on what of "
      + "it was positive. " + tracedPatterns,
    caution: lostMeaning
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .guidedBackprop)) }

  static let deconvolution = MethodDescription(
    name: "deconvolution", family: .gradient,
    summary: "the gradient with negative parts dropped at every rectifier on the way back",
    reference: "Zeiler & Fergus 2014, arXiv 1311.2901",
    completeness: .none, settings: [], cost: "1 forward, 1 backward",
    reading:
      "A signal went back from the score, and each rectifier, active or not, passed on what of "
      + "it was positive. " + tracedPatterns,
    caution: lostMeaning
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .deconvolution)) }

  private static let tracedPatterns =
    "What arrives traces patterns that the network looks for: positive where it asks for brighter "
    + "pixels, as the model sees them, negative where for darker ones."

  private static let lostMeaning =
    "How the score would change. The map often shows the same edges whichever class is asked for."
}
