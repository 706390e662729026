/// A name with settings, as it is typed: `occlusion`, `lime:samples=500,seed=3`.
///
/// Only the form is read here; whether the name and its settings exist is for the catalogue that
/// the command looks them up in.
struct Specification: Sendable, Equatable {
  let name: String
  /// In the order given.
  let settings: [Setting]

  struct Setting: Sendable, Equatable {
    let key: String
    let value: String
  }

  /// Nil if a part is empty or a setting has no `=`. Settings are parted by `:` or by `,`.
  init?(_ text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "," }
    guard !parts[0].isEmpty else { return nil }
    name = String(parts[0])
    var settings: [Setting] = []
    for part in parts.dropFirst() {
      guard let sign = part.firstIndex(of: "="), sign > part.startIndex else { return nil }
      settings.append(
        Setting(key: String(part[..<sign]), value: String(part[part.index(after: sign)...])))
    }
    self.settings = settings
  }
}

extension ValueSyntax where Value == Specification {
  /// One of these names, with settings of its own: `name[:key=value…]`.
  static func specification(names: [String], placeholder: String = "SPEC") -> Self {
    Self(
      placeholder: placeholder, completion: .choices(names),
      expectation: .specification(names: names)
    ) { text in
      Specification(text).flatMap { names.contains($0.name) ? $0 : nil }
    }
  }
}
