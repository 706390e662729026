public import Segmentation

/// How a segmentation is written in a method specification: `segmenter=slic:segments=60`, or only
/// `cells=7`.
enum SegmentSettings {
  static let descriptions =
    [
      SettingDescription(
        "segmenter", .choice(SegmenterSettings.Kind.allCases.map(\.rawValue) + ["given"]),
        default: nil,
        "what is switched together (otherwise a grid on images below 64 pixels a side, slic above); "
          + "given is a label map of one's own")
    ] + segmenters

  /// The settings of the segmenters; what is not given follows from the image's size.
  static let segmenters = [
    SettingDescription(
      "cells", .integer(1...1024), default: nil, "cells of the grid on each side"),
    SettingDescription(
      "segments", .integer(1...100_000), default: nil, "about how many superpixels slic makes"),
    SettingDescription(
      "compactness", .number(1e-6...1e6), default: nil, "how square those of slic are (10)"),
    SettingDescription(
      "kernel-size", .number(0.1...100), default: nil, "deviation of quickshift's Gaussian"),
    SettingDescription(
      "max-dist", .number(0...1e6), default: nil, "longest link of quickshift"),
    SettingDescription(
      "ratio", .number(0...1e3), default: nil, "how much colour counts in quickshift (0.2)"),
    SettingDescription(
      "scale", .number(0...1e9), default: nil, "of felzenszwalb: larger makes larger segments"),
    SettingDescription(
      "min-size", .integer(0...1_000_000_000), default: nil,
      "fewest pixels of a segment of felzenszwalb"),
    SettingDescription(
      "smoothing", .number(0...100), default: nil,
      "Gaussian blur in pixels before the segmenter looks"),
  ]

  /// - Parameters:
  ///   - usualCells: the grid's cells on each side if nothing is said.
  ///   - usual: what cuts if nothing is said.
  static func choice(
    _ settings: MethodSettings, usualCells: Int = 7, usual: SegmenterSettings.Kind = .automatic
  ) throws(MethodError) -> SegmentChoice {
    let word = settings.has("segmenter") ? settings.word("segmenter") : "auto"
    let said = segmenters.first { settings.has($0.name) }?.name
    if word == "given" {
      if let said {
        throw .impossible(
          method: settings.method, setting: said, reason: .excludes(setting: "a given label map"))
      }
      return .given
    }
    let kind = SegmenterSettings.Kind(rawValue: word) ?? .automatic
    return .cut(
      segmenter(settings, kind == .automatic && said == nil ? usual : kind),
      usualCells: usualCells)
  }

  static func segmenter(
    _ settings: MethodSettings, _ kind: SegmenterSettings.Kind
  ) -> SegmenterSettings {
    func integer(_ name: String) -> Int? { settings.has(name) ? settings.integer(name) : nil }
    func number(_ name: String) -> Double? { settings.has(name) ? settings.number(name) : nil }
    var result = SegmenterSettings(kind, cells: integer("cells"))
    result.segments = integer("segments")
    result.compactness = number("compactness")
    result.kernel = number("kernel-size")
    result.longest = number("max-dist")
    result.ratio = number("ratio")
    result.scale = number("scale")
    result.smallest = integer("min-size")
    result.smoothing = number("smoothing")
    return result
  }
}

/// A segmenter with its settings as people write it: `slic:segments=60:compactness=20`.
public enum SegmenterSpecification {
  /// The settings that `text` says.
  public static func settings(_ text: String) throws(MethodError) -> SegmenterSettings {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let kind = SegmenterSettings.Kind(rawValue: parts[0]) else {
      throw .unknownMethod(
        name: parts[0], known: SegmenterSettings.Kind.allCases.map(\.rawValue))
    }
    let known = descriptions(of: kind)
    var values: [String: SettingValue] = [:]
    for part in parts.dropFirst() {
      let (name, value) = try setting(part, of: kind, known)
      guard values.updateValue(value, forKey: name) == nil else {
        throw .repeatedSetting(method: kind.rawValue, setting: name)
      }
    }
    return SegmentSettings.segmenter(
      MethodSettings(method: kind.rawValue, values: values), kind)
  }

  private static func setting(
    _ text: String, of kind: SegmenterSettings.Kind, _ known: [SettingDescription]
  ) throws(MethodError) -> (String, SettingValue) {
    guard let equals = text.firstIndex(of: "=") else {
      throw .notASetting(method: kind.rawValue, text: text)
    }
    let name = String(text[..<equals])
    guard let setting = known.first(where: { $0.name == name }) else {
      throw .unknownSetting(method: kind.rawValue, setting: name, known: known.map(\.name))
    }
    let value = String(text[text.index(after: equals)...])
    return (name, try setting.value(of: value, method: kind.rawValue))
  }

  /// The settings that a segmenter has.
  public static func descriptions(of kind: SegmenterSettings.Kind) -> [SettingDescription] {
    let names: [String] =
      switch kind {
      case .automatic: SegmentSettings.segmenters.map(\.name)
      case .grid: ["cells"]
      case .slic: ["segments", "compactness", "smoothing"]
      case .quickshift: ["kernel-size", "max-dist", "ratio", "smoothing"]
      case .felzenszwalb: ["scale", "min-size", "smoothing"]
      }
    return SegmentSettings.segmenters.filter { names.contains($0.name) }
  }
}
