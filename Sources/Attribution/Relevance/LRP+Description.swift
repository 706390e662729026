extension LRP {
  static let description = MethodDescription(
    name: "lrp", family: .relevance,
    summary: "the score handed back layer by layer, each input getting its share",
    reference: "Bach et al. 2015, DOI 10.1371/journal.pone.0130140", completeness: .score,
    settings: [
      SettingDescription(
        "composite", .choice(RelevanceComposite.allCases.map(\.rawValue)),
        default: .word(RelevanceComposite.epsilonGammaBox.rawValue), "the rules of all layers"),
      SettingDescription(
        "first", .choice(RelevanceRule.allCases.map(\.rawValue)), default: nil,
        "another rule for the first layer with weights"),
      SettingDescription(
        "convolution", .choice(RelevanceRule.unbounded.map(\.rawValue)), default: nil,
        "another rule for convolutions"),
      SettingDescription(
        "dense", .choice(RelevanceRule.unbounded.map(\.rawValue)), default: nil,
        "another rule for dense layers"),
      SettingDescription(
        "epsilon", .number(1e-9...1e6), default: .number(1e-6), "how far the epsilon rule absorbs"),
      SettingDescription(
        "gamma", .number(0...1e6), default: .number(0.25),
        "how far the gamma rule favours what agrees"),
      SettingDescription(
        "alpha", .number(1...1e6), default: .number(2),
        "how much alpha-beta gives to what agrees; beta is alpha less one"),
    ],
    cost: "1 forward, 1 backward of 1 to 8 products a layer"
  ) { settings in
    guard let composite = RelevanceComposite(rawValue: settings.word("composite")) else {
      preconditionFailure("the catalogue let pass composite=\(settings.word("composite"))")
    }
    var rules = composite.rules
    func rule(_ name: String) -> RelevanceRule? {
      settings.has(name) ? RelevanceRule(rawValue: settings.word(name)) : nil
    }
    rules.first = rule("first") ?? rules.first
    rules.convolution = rule("convolution") ?? rules.convolution
    rules.dense = rule("dense") ?? rules.dense
    rules.epsilon = Float(settings.number("epsilon"))
    rules.gamma = Float(settings.number("gamma"))
    rules.alpha = Float(settings.number("alpha"))
    return .graph(LRP(rules))
  }
}
