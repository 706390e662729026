/// A command as users see it, declared once beside its code; see ``OptionDeclaration``.
struct CommandDeclaration: Sendable {
  let name: String
  /// What it does, in one line.
  let summary: String
  /// What else there is to know, a paragraph an element.
  let discussion: [String]
  /// The ways to call it, after `whylight NAME`.
  let synopses: [String]
  let operands: OperandDeclaration
  let options: [OptionDeclaration]
  let examples: [Example]

  struct Example: Sendable {
    /// What it is for.
    let purpose: String
    /// The whole command line.
    let line: String
  }
}

/// What a command takes besides options.
struct OperandDeclaration: Sendable {
  /// The names of those that must be there, in order, for the error that misses one.
  let required: [String]
  /// Whether there may be more than the required ones.
  let allowsMore: Bool
  let completion: Completion
}

extension CommandDeclaration {
  /// The options every command has, after its own.
  var allOptions: [OptionDeclaration] { options + CommonOptions.declarations }

  /// The headings of the options in the order they first appear, each with its options.
  var optionsByCategory: [(category: String, options: [OptionDeclaration])] {
    var categories: [String] = []
    for option in allOptions where !categories.contains(option.category) {
      categories.append(option.category)
    }
    return categories.map { category in
      (category, allOptions.filter { $0.category == category })
    }
  }
}

/// What every command understands.
enum CommonOptions {
  static let quiet = Option.flag(
    "quiet", short: "q", in: "General", "Print nothing but errors.")
  static let help = Option.flag("help", short: "h", in: "General", "Print this help.")

  static let declarations = [quiet.declaration, help.declaration]
}
