extension IntegratedGradients {
  static let description = MethodDescription(
    name: "integrated-gradients", family: .path,
    summary: "what each input number contributes on the straight way from a baseline",
    reference: "Sundararajan, Taly & Yan 2017, arXiv 1703.01365",
    completeness: .differenceFromBaseline,
    settings: [
      SettingDescription(
        "tolerance", .number(1e-5...1), default: .number(0.01),
        "the relative error that the map may have; as many points are taken as that needs"),
      SettingDescription(
        "steps", .integer(1...1_000_000), default: nil, "a fixed number of points instead"),
      SettingDescription(
        "rule", .choice(QuadratureRule.allCases.map(\.rawValue)), default: nil,
        "where a fixed number of points lie; 50 by gauss-legendre if nothing else is said"),
      SettingDescription(
        "exact", .flag, default: .flag(false),
        "find every point of the way at which the network bends and add up the pieces in between; "
          + "for networks that are linear in pieces and scores that are logits"),
      SettingDescription(
        "pieces", .integer(1...1_000_000_000), default: .integer(1_000_000),
        "how many pieces exact may find before it gives up"),
    ] + BaselineSettings.descriptions(),
    cost:
      "16 or more forward, up to twice that backward; with steps: steps forward, steps backward; "
      + "exact: as many as there are pieces, thousands in a digit network",
    make: make)

  @Sendable private static func make(
    _ settings: MethodSettings
  ) throws(MethodError) -> AnyMethod {
    let baselines = try BaselineSettings.baselines(settings)
    if settings.flag("exact") {
      for setting in ["steps", "rule"] where settings.has(setting) {
        throw MethodError.impossible(
          method: settings.method, setting: setting, reason: .excludes(setting: "exact"))
      }
      return .graph(
        ExactIntegratedGradients(baselines: baselines, mostPieces: settings.integer("pieces")))
    }
    guard settings.has("steps") || settings.has("rule") else {
      return .graph(
        AdaptiveIntegratedGradients(
          tolerance: settings.number("tolerance"), baselines: baselines))
    }
    let steps = settings.has("steps") ? settings.integer("steps") : 50
    let name = settings.has("rule") ? settings.word("rule") : "gauss-legendre"
    guard let rule = QuadratureRule(rawValue: name) else {
      preconditionFailure("the catalogue let a rule pass that is none: \(name)")
    }
    guard rule != .trapezoid || steps > 1 else {
      throw MethodError.wrongValue(
        method: settings.method, setting: "steps", found: "1", expected: .integer(2...1_000_000))
    }
    return .gradients(IntegratedGradients(steps: steps, rule: rule, baselines: baselines))
  }
}
