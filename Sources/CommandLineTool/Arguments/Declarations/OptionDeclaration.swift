/// What everything but the command itself needs to know of an option; see ``Option``.
struct OptionDeclaration: Sendable {
  /// The long name, without dashes.
  let name: String
  let short: Character?
  let form: Form
  let isRepeatable: Bool
  /// What holds when the option is not given, as help shows it.
  let shownDefault: String?
  /// The heading it stands under in help.
  let category: String
  /// What it does, in a sentence or two.
  let summary: String

  enum Form: Sendable {
    /// `--name`
    case flag
    /// `--name` and `--no-name`
    case toggle
    /// `--name VALUE`
    case value(ValueDeclaration)
  }

  /// How a toggle that was switched on or off is recorded.
  static let yes = "yes"
  static let no = "no"

  init(
    name: String, short: Character? = nil, form: Form, isRepeatable: Bool = false,
    shownDefault: String? = nil, category: String, summary: String
  ) {
    self.name = name
    self.short = short
    self.form = form
    self.isRepeatable = isRepeatable
    self.shownDefault = shownDefault
    self.category = category
    self.summary = summary
  }

  /// The value it takes, if it takes one.
  var value: ValueDeclaration? {
    switch form {
    case .flag, .toggle: nil
    case .value(let value): value
    }
  }

  /// Every long name it answers to.
  var longNames: [String] {
    switch form {
    case .flag, .value: [name]
    case .toggle: [name, "no-" + name]
    }
  }

  /// `-q, --quiet`, `--size WxH`, `--[no-]report`: its names and value as help shows them.
  var signature: String {
    let prefix = short.map { "-\($0), " } ?? ""
    switch form {
    case .flag: return prefix + "--\(name)"
    case .toggle: return prefix + "--[no-]\(name)"
    case .value(let value): return prefix + "--\(name) \(value.placeholder)"
    }
  }
}
