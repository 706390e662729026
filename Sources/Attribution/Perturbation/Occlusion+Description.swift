extension Occlusion {
  static let description = MethodDescription(
    name: "occlusion", family: .perturbation,
    summary: "how much the score falls when a window of the image is covered",
    reference: "Zeiler, Fergus 2014, arXiv 1311.2901", completeness: .none,
    settings: [
      SettingDescription(
        "window", .integer(1...100_000), default: nil,
        "side of the window in pixels (otherwise a seventh of the image's shorter side)"),
      SettingDescription(
        "stride", .integer(1...100_000), default: nil,
        "pixels from window to window (otherwise half the window)"),
    ] + FillSettings.descriptions(default: "black", hasSegments: false),
    cost: "a forward for each window: (side / stride)²",
    reading:
      "A pixel's value says what the score loses when a window over it is covered, the mean of "
      + "all windows that cover it: positive where the score needs what is there, negative where the "
      + "score is higher without.",
    caution:
      "Anything finer than the window. A picture with something covered may be unlike all that "
      + "the model has seen, and parts that can stand in for one another each look unimportant."
  ) { settings in
    .scores(
      Occlusion(
        window: settings.has("window") ? settings.integer("window") : nil,
        stride: settings.has("stride") ? settings.integer("stride") : nil,
        fill: FillSettings.fill(settings)))
  }
}
