extension ExpectedGradients {
  static let expectedGradients = MethodDescription(
    name: "expected-gradients", family: .path,
    summary: "integrated gradients averaged over random points and baselines, with standard errors",
    reference: "Erion et al. 2021, arXiv 1906.10670",
    completeness: .differenceFromBaseline,
    settings: [samplesSetting] + BaselineSettings.descriptions(default: "uniform"),
    cost: "samples forward, samples backward"
  ) { (settings) throws(MethodError) in
    .gradients(
      ExpectedGradients(
        samples: settings.integer("samples"), baselines: try BaselineSettings.baselines(settings)))
  }

  static let gradientShap = MethodDescription(
    name: "gradient-shap", family: .path,
    summary: "expected gradients of noisy copies of the input, with standard errors",
    reference: "Lundberg & Lee 2017, arXiv 1705.07874",
    completeness: .differenceFromBaseline,
    settings: [
      samplesSetting,
      SettingDescription(
        "noise", .number(0...10), default: .number(0.09),
        "the noise's deviation as a share of the image's range"),
    ] + BaselineSettings.descriptions(),
    cost: "samples forward, samples backward"
  ) { (settings) throws(MethodError) in
    .gradients(
      ExpectedGradients(
        samples: settings.integer("samples"), baselines: try BaselineSettings.baselines(settings),
        noise: settings.number("noise")))
  }

  private static let samplesSetting = SettingDescription(
    "samples", .integer(1...1_000_000), default: .integer(50), "random points")
}
