/// How a baseline is written in a method specification: `baseline=blur:sigma=3`,
/// `baseline=black+white`.
enum BaselineSettings {
  static func descriptions(default word: String = "black") -> [SettingDescription] {
    [
      SettingDescription(
        "baseline", .text, default: .word(word),
        "what the image is compared with, as the model sees it: black, white, mean, blur, uniform, "
          + "given, or several joined by +"),
      SettingDescription(
        "sigma", .number(0.1...1000), default: .number(5), "deviation of the blurred baseline"),
      SettingDescription(
        "draws", .integer(1...10_000), default: .integer(10), "images of the uniform baseline"),
    ]
  }

  static func baselines(_ settings: MethodSettings) throws(MethodError) -> BaselineSet {
    var baselines: [Baseline] = []
    for word in settings.word("baseline").split(separator: "+", omittingEmptySubsequences: false) {
      switch word {
      case "black": baselines.append(.black)
      case "white": baselines.append(.white)
      case "mean": baselines.append(.mean)
      case "blur": baselines.append(.blur(sigma: settings.number("sigma")))
      case "uniform": baselines.append(.uniform(count: settings.integer("draws")))
      case "given": baselines.append(.given)
      default:
        throw .wrongValue(
          method: settings.method, setting: "baseline", found: String(word),
          expected: .choice(Baseline.words))
      }
    }
    return BaselineSet(baselines)
  }
}
