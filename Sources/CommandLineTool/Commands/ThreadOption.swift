import FoundationEssentials

/// How many threads work: an option of every command that computes.
enum ThreadOption {
  static let usual = Option.threads(in: "General", "How many threads work.")
}

extension Option where Value == Int {
  /// `--threads N`: as many as the machine has cores unless given.
  static func threads(in category: String, _ summary: String) -> Self {
    let given = Option<Int?>.optional(
      "threads", .integer(in: 1...1024), shownDefault: "all cores", in: category, summary)
    return Self(
      declaration: given.declaration,
      read: { given.read($0) ?? ProcessInfo.processInfo.activeProcessorCount })
  }
}
