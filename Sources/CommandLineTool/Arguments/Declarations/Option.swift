/// One option of a command, declared once as a value: parsing, help, the manual page and the
/// completions all read this declaration, and a command reads its typed value with
/// `arguments[option]`.
///
/// ```swift
/// static let quality = Option.value(
///   "quality", .integer(in: 1...100), default: "90", in: "Encoding", "JPEG quality.")
/// ```
///
/// A default is written as the user would type it, so that help can show it.
struct Option<Value: Sendable>: Sendable {
  let declaration: OptionDeclaration

  /// The value of what was typed: every occurrence in order, each already accepted by the
  /// declaration's value.
  let read: @Sendable (_ occurrences: [String]) -> Value
}

extension Option where Value == Bool {
  /// `--name`: off unless given.
  static func flag(
    _ name: String, short: Character? = nil, in category: String, _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, short: short, form: .flag, category: category, summary: summary),
      read: { !$0.isEmpty })
  }

  /// `--name` and `--no-name`, the last one given decides.
  static func toggle(
    _ name: String, default isOn: Bool, in category: String, _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, form: .toggle, shownDefault: isOn ? "--\(name)" : "--no-\(name)",
        category: category, summary: summary),
      read: { $0.last.map { $0 == OptionDeclaration.yes } ?? isOn })
  }
}

extension Option {
  /// An option with a value and a default; given more than once, the last one decides.
  static func value(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Value>, default text: String,
    in category: String, _ summary: String
  ) -> Self {
    Self(
      declaration: OptionDeclaration(
        name: name, short: short, form: .value(syntax.declaration), shownDefault: text,
        category: category, summary: summary),
      read: { syntax.accepted($0.last ?? text) })
  }

  /// An option with a value that may be absent; `shownDefault` says in help what then happens.
  static func optional<Single>(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Single>,
    shownDefault: String? = nil, in category: String, _ summary: String
  ) -> Self where Value == Single? {
    Self(
      declaration: OptionDeclaration(
        name: name, short: short, form: .value(syntax.declaration), shownDefault: shownDefault,
        category: category, summary: summary),
      read: { $0.last.map(syntax.accepted) })
  }

  /// An option that may be repeated, its values in the order given; `defaults` if it is not.
  static func list<Single>(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Single>,
    defaults: [String] = [], in category: String, _ summary: String
  ) -> Self where Value == [Single] {
    Self(
      declaration: OptionDeclaration(
        name: name, short: short, form: .value(syntax.declaration), isRepeatable: true,
        shownDefault: defaults.isEmpty ? nil : defaults.joined(separator: ", "),
        category: category, summary: summary),
      read: { ($0.isEmpty ? defaults : $0).map(syntax.accepted) })
  }
}
