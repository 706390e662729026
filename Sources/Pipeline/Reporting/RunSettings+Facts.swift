import Rendering

extension RunSettings {
  /// The settings in words for readers of a page.
  var facts: [ReportFact] {
    let labels = entries.first { $0.name == "labels" }?.value.split(separator: ", ") ?? []
    return entries.flatMap { $0.facts(labels: labels, explainsContrast: explainsContrast(labels)) }
  }

  /// Whether the explained score is not that of a class.
  private func explainsContrast(_ labels: [Substring]) -> Bool {
    guard let target = entries.first(where: { $0.name == "target" })?.value,
      !labels.contains(target[...]), case .contrast? = TargetChoice(target)
    else { return false }
    return true
  }
}

extension RunSettings.Entry {
  /// The setting in words; none where it says nothing to readers. A setting that is not known here is
  /// shown as it is.
  fileprivate func facts(labels: [Substring], explainsContrast: Bool) -> [ReportFact] {
    switch (name, value) {
    case ("whylight", _): [ReportFact("version", "Whylight " + value)]
    case ("model sha256", _): [ReportFact("the model's SHA-256", value)]
    case ("baseline sha256", _): [ReportFact("the baseline's SHA-256", value)]
    case ("segments sha256", _): [ReportFact("the segments' SHA-256", value)]
    case ("methods", _): value.split(separator: " ").map(Self.method)
    case ("target", _): [ReportFact("explained", Self.target(value, labels))]
    case ("output kind", "logit"):
      [
        ReportFact(
          "explained score",
          explainsContrast ? "the difference of the two classes' logits" : "the class's logit")
      ]
    case ("output kind", "probability"): [ReportFact("explained score", "the class's probability")]
    case ("baseline", ""): [ReportFact("baseline", "each method's own")]
    case ("segments", ""): [ReportFact("segments", "each method's own")]
    case ("preparation", _): [ReportFact("a picture becomes the model's input", Self.input(value))]
    case ("labels", _): [ReportFact("classes", Self.classes(value))]
    case ("page", _): [ReportFact("this page", value == "yes" ? "made with the run" : value)]
    case ("save", _): [ReportFact("written of each map", value.replacing(",", with: ", "))]
    case ("colormap", ""):
      [ReportFact("colours", "red-blue for maps with signs, dusk for those without")]
    case ("colormap", _): [ReportFact("colours", value)]
    case ("uncertain", "draw"):
      [ReportFact("parts whose 95 % interval holds zero", "drawn like others")]
    case ("uncertain", "grey"):
      [ReportFact("parts whose 95 % interval holds zero", "left without colour")]
    case ("opacity", _):
      [
        ReportFact(
          "opacity", "the strongest colour covers \(Self.percent(value, of: 1)) of the picture")
      ]
    case ("clip", _): [ReportFact("clip", Self.clip(value))]
    case ("scale", "image"): [ReportFact("scale", "each map has its own")]
    case ("scale", "run"): [ReportFact("scale", "all maps by one method have the same")]
    case ("scale", _): [ReportFact("scale", "given: \(value)")]
    case ("top percent", _):
      [
        ReportFact(
          "strongest part (top, contour)",
          "\(Self.percent(value, of: 100)) of the pixels, if so many are above zero")
      ]
    case ("zoom", ""): [ReportFact("zoom", "tiny pictures are enlarged to some 256 pixels")]
    case ("zoom", _): [ReportFact("zoom", value + " times")]
    case ("upsampling", _): [ReportFact("from the map's pixels to the picture's", value)]
    default: [ReportFact(name, value)]
    }
  }

  /// A method's specification, `name:key=value:key=value`.
  private static func method(_ text: Substring) -> ReportFact {
    let parts = text.split(separator: ":", maxSplits: 1)
    let settings = parts.dropFirst().first.map { $0.replacing(":", with: ", ") } ?? ""
    return ReportFact(
      "method", String(parts[0]) + (settings.isEmpty ? "" : " with " + settings))
  }

  private static func target(_ text: String, _ labels: [Substring]) -> String {
    if labels.contains(text[...]) { return text }
    return switch TargetChoice(text) {
    case .top(1): "the likeliest class"
    case .top(let count): "the \(count) likeliest classes"
    case .contrast(let this, let that): "why \(this) and not \(that)"
    case .named(let name): name
    case nil: text
    }
  }

  private static func percent(_ text: String, of whole: Double) -> String {
    Double(text).map { value in
      // What was said in percent and kept as a share comes back.
      let share = (100 * value / whole * 1e6).rounded() / 1e6
      return Int(exactly: share).map { "\($0) %" } ?? "\(share) %"
    } ?? text
  }

  private static func clip(_ text: String) -> String {
    guard let percentile = Double(text) else { return text }
    return percentile >= 100
      ? "the full colour stands for the largest magnitude"
      : "the full colour stands for the \(Ordinal.text(percentile)) percentile of the magnitudes"
  }

  private static func input(_ text: String) -> String {
    text.replacing(", mean []", with: "").replacing(", std []", with: "")
      .replacing("range ", with: "values from ").replacing("..", with: " to ")
  }

  /// Of thousands of classes the first are named.
  private static func classes(_ text: String) -> String {
    text.count <= 600 ? text : text.prefix(600) + "…"
  }
}
