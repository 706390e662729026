extension Lime {
  static let description = MethodDescription(
    name: "lime", family: .surrogate,
    summary: "a linear fit of the score on which segments are shown, with standard errors",
    reference: "Ribeiro, Singh & Guestrin 2016, arXiv 1602.04938",
    completeness: .none,
    settings: StoppingRule.descriptions(default: Lime.usualSamples, "masked images")
      + SegmentSettings.descriptions
      + FillSettings.descriptions(
        default: nil, hasSegments: true,
        comment: ": black, and segment-means with profile=lime")
      + [
        SettingDescription(
          "profile", .choice(["whylight", "lime", "captum"]), default: .word("whylight"),
          "whose defaults the following settings have"),
        SettingDescription(
          "masks", .choice(MaskSampling.allCases.map(\.rawValue)), default: nil,
          "each segment on or off by a coin (bernoulli), each mask followed by its complement (paired), "
            + "or each mask once where samples are enough for all of them (whole)"),
        SettingDescription(
          "distance", .choice(LimeKernel.Distance.allCases.map(\.rawValue)), default: nil,
          "between what the cosine distance from the whole image is taken"),
        SettingDescription(
          "width", .number(1e-6...1e6), default: nil,
          "deviation of the Gaussian weight of distances"),
        SettingDescription(
          "regression", .choice(["ridge", "lasso", "none"]), default: nil,
          "what keeps coefficients small"),
        SettingDescription(
          "alpha", .number(0...1e9), default: nil, "how much, in scikit-learn's scale"),
        SettingDescription(
          "features", .integer(0...1_000_000), default: .integer(0),
          "how many segments the fit may use, 0 for all"),
        SettingDescription(
          "selection", .choice(["auto", "forward", "largest"]), default: .word("auto"),
          "how they are chosen: one after the other, or by size in a first fit; auto is forward up "
            + "to 6"),
      ],
    cost: "samples forward"
  ) { (settings) throws(MethodError) in
    .scores(
      Lime(
        segments: try SegmentSettings.choice(settings, usualCells: 4),
        profile: LimeProfile(settings), rule: StoppingRule(settings, default: Lime.usualSamples)))
  }
}
