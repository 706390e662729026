import Tensors

extension PlanPurpose {
  /// Whether anything will flow back through the layer.
  var wantsGradients: Bool { inputGradients || parameterGradients }

  /// The directions that kernels are run in.
  var directions: [KernelDirection] { inputGradients ? [.forward, .backward] : [.forward] }

  /// What a convolution may use in one of its directions.
  func algorithms(isForward: Bool) -> ConvolutionAlgorithm.Choice {
    isForward || algorithms == .direct ? algorithms : .all
  }
}
