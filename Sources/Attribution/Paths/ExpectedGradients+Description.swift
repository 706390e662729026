extension ExpectedGradients {
  static let expectedGradients = MethodDescription(
    name: "expected-gradients", family: .path,
    summary: "integrated gradients averaged over random points and baselines, with standard errors",
    reference: "Erion et al. 2021, arXiv 1906.10670",
    completeness: .differenceFromBaseline,
    settings: [samplesSetting] + BaselineSettings.descriptions(default: "uniform"),
    cost: "samples forward, samples backward",
    reading:
      "A pixel's value estimates its share of the difference between the score of this image "
      + "and the mean score of the baselines, from random points on the ways between: positive values "
      + "raised the score, negative ones lowered it. Only on the average of many points do they add "
      + "up to the difference; what these lack is shown as missing.",
    caution: chance
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
    cost: "samples forward, samples backward",
    reading:
      "A pixel's value estimates its share of the difference between the score of noisy copies "
      + "of this image and that of the baselines, from random points on the ways between: positive "
      + "values raised the score, negative ones lowered it. They add up to the difference for the "
      + "image itself only roughly, because of the noise and of chance; what they lack is shown as "
      + "missing.",
    caution: chance
  ) { (settings) throws(MethodError) in
    .gradients(
      ExpectedGradients(
        samples: settings.integer("samples"), baselines: try BaselineSettings.baselines(settings),
        noise: settings.number("noise")))
  }

  private static let chance =
    "It depends on the baselines, and on chance: --uncertain grey leaves without colour what may as "
    + "well be zero."

  private static let samplesSetting = SettingDescription(
    "samples", .integer(1...1_000_000), default: .integer(50), "random points")
}
