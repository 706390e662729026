import FoundationEssentials

/// The settings of two training runs, by the names of their options.
enum ResumedSettings {
  /// What differs between a checkpoint's settings and those that were asked for, in words; nothing if
  /// either cannot be read.
  static func differences(_ found: String, _ expected: String) -> String? {
    guard let then = settings(found), let now = settings(expected) else { return nil }
    let lines = options.compactMap { key, option -> String? in
      let (before, after) = (then[key]?.text ?? "none", now[key]?.text ?? "none")
      return before == after ? nil : "\(option) \(before) then, \(after) now"
    }
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  private static let options = [
    ("epochs", "--epochs"), ("batchSize", "--batch"), ("optimizer", "--optimizer"),
    ("learningRate", "--rate"), ("schedule", "--schedule"), ("l1", "--l1"), ("l2", "--l2"),
    ("decay", "--decay"), ("clipNorm", "--clip"), ("averaging", "--average"),
    ("labelSmoothing", "--smoothing"), ("balancesClasses", "--balance"),
    ("augmentation", "--augment"), ("patience", "--patience"), ("seed", "--seed"),
  ]

  private static func settings(_ json: String) -> [String: Value]? {
    try? JSONDecoder().decode([String: Value].self, from: Data(json.utf8))
  }

  /// A setting as the command line writes it.
  private struct Value: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        text = "none"
      } else if let flag = try? container.decode(Bool.self) {
        text = flag ? "yes" : "no"
      } else if let number = try? container.decode(UInt64.self) {
        text = "\(number)"
      } else if let number = try? container.decode(Double.self) {
        text = "\(Float(number))"
      } else if let changes = try? container.decode([String: Float].self) {
        let words = changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        text = words.isEmpty ? "none" : words.joined(separator: ",")
      } else {
        text = try container.decode(String.self)
      }
    }
  }
}
