/// Methods that are the ``Gradient`` of another pass.
enum OnePassMethods {
  /// `a = x ∂f/∂x`: how much each input number contributes if the score is read as linear.
  static let inputTimesGradient = MethodDescription(
    name: "input-x-gradient", family: .gradient,
    summary: "the gradient times the input, in the units of the model's input",
    reference: "Shrikumar et al. 2016, arXiv 1605.01713",
    completeness: .none, settings: [], cost: "1 forward, 1 backward"
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .inputTimesGradient)) }

  static let guidedBackprop = MethodDescription(
    name: "guided-backprop", family: .gradient,
    summary: "the gradient where it and the activations are positive; shows edges, whatever the "
      + "class",
    reference: "Springenberg et al. 2015, arXiv 1412.6806",
    completeness: .none, settings: [], cost: "1 forward, 1 backward"
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .guidedBackprop)) }

  static let deconvolution = MethodDescription(
    name: "deconvolution", family: .gradient,
    summary: "the gradient with negative parts dropped at every rectifier on the way back",
    reference: "Zeiler & Fergus 2014, arXiv 1311.2901",
    completeness: .none, settings: [], cost: "1 forward, 1 backward"
  ) { _ in .graph(AlongPass(base: Gradient(), pass: .deconvolution)) }
}
