extension DeepLift {
  static let deeplift = MethodDescription(
    name: "deeplift", family: .path,
    summary: "the difference from a baseline, layer by layer in proportion to what changed",
    reference: "Shrikumar, Greenside & Kundaje 2017, arXiv 1704.02685",
    completeness: .differenceFromBaseline,
    settings: BaselineSettings.descriptions() + ownSettings, cost: "2 forward, 1 backward",
    make: make)

  static let deepliftShap = MethodDescription(
    name: "deeplift-shap", family: .path,
    summary: "DeepLIFT averaged over several baselines, by default uniform noise",
    reference: "Lundberg & Lee 2017, arXiv 1705.07874",
    completeness: .differenceFromBaseline,
    settings: BaselineSettings.descriptions(default: "uniform") + ownSettings,
    cost: "2 · baselines forward, baselines backward",
    reading:
      "A pixel's value is its share of the difference between the score of this image and the "
      + "mean score of the baselines, random pictures unless others are named: positive values "
      + "raised the score, negative ones lowered it, and together they add up to the difference, but "
      + "for what is shown as missing.",
    caution:
      "It depends on the baselines: what is like most of them gets little, whatever it means to "
      + "a person.",
    make: make)

  private static let ownSettings = [
    SettingDescription(
      "rule", .choice(Rule.allCases.map(\.rawValue)), default: .word("rescale"),
      "rescale: in proportion to the whole change; reveal-cancel: parts that push up and parts that "
        + "push down apart, so that what cancels is seen"),
    SettingDescription(
      "profile", .choice(["none", "captum"]), default: .word("none"),
      "captum: its numbers, which do not quite add up where max pooling follows a rectifier"),
    SettingDescription(
      "pooling", .choice(SecantRule.PoolingRule.allCases.map(\.rawValue)),
      default: .word("winners"),
      "how max pooling shares a change: between the winners, as other tools do, or along a running "
        + "maximum, which never divides by little"),
  ]

  @Sendable private static func make(
    _ settings: MethodSettings
  ) throws(MethodError) -> AnyMethod {
    guard let pooling = SecantRule.PoolingRule(rawValue: settings.word("pooling")) else {
      preconditionFailure("the catalogue let a rule pass that is none: \(settings.word("pooling"))")
    }
    guard let rule = Rule(rawValue: settings.word("rule")) else {
      preconditionFailure("the catalogue let a rule pass that is none: \(settings.word("rule"))")
    }
    let isCaptums = settings.word("profile") == "captum"
    guard !isCaptums || rule == .rescale else {
      throw MethodError.impossible(
        method: settings.method, setting: "rule", reason: .excludes(setting: "profile"))
    }
    return .graph(
      DeepLift(
        baselines: try BaselineSettings.baselines(settings), pooling: pooling, rule: rule,
        isCaptums: isCaptums))
  }
}
