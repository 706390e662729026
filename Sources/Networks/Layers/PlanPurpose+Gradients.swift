extension PlanPurpose {
  /// Whether anything will flow back through the layer, so that forward has to fill its cache.
  var wantsGradients: Bool { inputGradients || parameterGradients }
}
