/// Lists of class names as other tools write them: JSON or Python lists, dictionaries from numbers
/// to names, lines, or words between commas. They are taken apart by scalars: a label may begin with a
/// vowel sign that makes one character with the quote or comma before it.
public enum LabelList {
  /// The names in the order of their classes; nothing if that cannot be made out.
  public static func parse(_ text: String) -> [String]? {
    let trimmed = text.unicodeScalars[...].trimmed
    guard let first = trimmed.first else { return nil }
    switch (first, trimmed.last) {
    case ("[", "]"), ("(", ")"): return items(trimmed.dropFirst().dropLast())
    case ("{", "}"): return dictionary(trimmed.dropFirst().dropLast())
    default:
      let parts = trimmed.split(separator: trimmed.contains("\n") ? "\n" : ",")
        .map { String($0.trimmed) }
      return parts.count > 1 ? parts : nil
    }
  }

  /// Names between commas, each in quotes or bare.
  private static func items(_ text: Substring.UnicodeScalarView) -> [String]? {
    var rest = text.trimmed
    var items: [String] = []
    while !rest.isEmpty {
      guard let item = takeItem(&rest) else { return nil }
      items.append(item)
      rest = rest.trimmed
      guard rest.isEmpty || rest.removeFirst() == "," else { return nil }
      rest = rest.trimmed
    }
    return items.isEmpty ? nil : items
  }

  /// `0: "cat", 1: "dog"`: every number from zero on, in any order.
  private static func dictionary(_ text: Substring.UnicodeScalarView) -> [String]? {
    var rest = text.trimmed
    var names: [Int: String] = [:]
    while !rest.isEmpty {
      guard let key = takeItem(&rest), let number = Int(key) else { return nil }
      rest = rest.trimmed
      guard rest.popFirst() == ":" else { return nil }
      rest = rest.trimmed
      guard let name = takeItem(&rest), names.updateValue(name, forKey: number) == nil else {
        return nil
      }
      rest = rest.trimmed
      guard rest.isEmpty || rest.removeFirst() == "," else { return nil }
      rest = rest.trimmed
    }
    let list = (0..<names.count).compactMap { names[$0] }
    return list.count == names.count && !list.isEmpty ? list : nil
  }

  private static func takeItem(_ rest: inout Substring.UnicodeScalarView) -> String? {
    guard let quote = rest.first, quote == "\"" || quote == "'" else {
      let end = rest.firstIndex { $0 == "," || $0 == ":" } ?? rest.endIndex
      defer { rest = rest[end...] }
      return String(rest[..<end].trimmed)
    }
    rest.removeFirst()
    var item = ""
    while let scalar = rest.popFirst() {
      if scalar == quote { return item }
      let isEscape = scalar == "\\"
      item.unicodeScalars.append(isEscape ? rest.popFirst() ?? scalar : scalar)
    }
    return nil
  }
}

extension Substring.UnicodeScalarView {
  fileprivate var trimmed: Self {
    var rest = self
    while rest.first?.properties.isWhitespace == true { rest.removeFirst() }
    while rest.last?.properties.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
