/// A setting as the catalogue declares it: parsing, help and documentation follow from this.
public struct SettingDescription: Sendable {
  public let name: String
  public let kind: Kind

  /// What is used when nothing is said; without one, the method decides and its summary says how.
  public let defaultValue: SettingValue?

  /// One sentence fragment for help: "points on the path".
  public let summary: String

  public enum Kind: Sendable, Hashable {
    case flag
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case choice([String])

    /// A time, as in `2s` or `500ms`; the value is in seconds.
    case duration

    /// Anything: a layer's name, a file.
    case text
  }

  public init(
    _ name: String, _ kind: Kind, default defaultValue: SettingValue?, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.summary = summary
  }

  /// The value that `text` stands for.
  func value(of text: String, method: String) throws(MethodError) -> SettingValue {
    let parsed: SettingValue? =
      switch kind {
      case .flag:
        switch text {
        case "true", "yes", "1": .flag(true)
        case "false", "no", "0": .flag(false)
        default: nil
        }
      case .integer(let range): Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
      case .number(let range): Double(text).flatMap { range.contains($0) ? .number($0) : nil }
      case .choice(let words): words.contains(text) ? .word(text) : nil
      case .duration: Self.seconds(text).map { .number($0) }
      case .text: text.isEmpty ? nil : .word(text)
      }
    guard let parsed else {
      throw .wrongValue(method: method, setting: name, found: text, expected: kind)
    }
    return parsed
  }

  /// A positive number with its unit: `ms`, `s`, `m`, or none for seconds.
  private static func seconds(_ text: String) -> Double? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit: Double? =
      switch text[digits.endIndex...] {
      case "", "s": 1
      case "ms": 0.001
      case "m": 60
      default: nil
      }
    guard let unit, let number = Double(digits), number > 0, number.isFinite else { return nil }
    return number * unit
  }
}
