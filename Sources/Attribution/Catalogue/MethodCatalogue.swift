/// All methods, each declared once.
public enum MethodCatalogue {
  public static let all: [MethodDescription] =
    [
      Gradient.description,
      OnePassMethods.inputTimesGradient,
      OnePassMethods.guidedBackprop,
      OnePassMethods.deconvolution,
      IntegratedGradients.description,
      BlurIntegratedGradients.description,
      GuidedIntegratedGradients.description,
      ExpectedGradients.expectedGradients,
      ExpectedGradients.gradientShap,
      DeepLift.deeplift,
      DeepLift.deepliftShap,
      Occlusion.description,
      Ablation.description,
      ShapleySampling.description,
      ShapleyExact.description,
      Lime.description,
      KernelShap.description,
      PartitionShap.description,
      Rise.description,
      Xrai.description,
      RandomControl.description,
      EdgeControl.description,
    ] + SmoothGrad.descriptions + ClassActivationMaps.descriptions + [LRP.description]

  public static func description(named name: String) throws(MethodError) -> MethodDescription {
    guard let found = all.first(where: { $0.name == name }) else {
      throw .unknownMethod(name: name, known: all.map(\.name))
    }
    return found
  }
}
