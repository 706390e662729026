/// Sorts a command line into options and operands, by GNU's habits: options and operands in any
/// order, `--name=value`, `--name value`, `-nvalue`, `-n value`, `-abc` for flags, `--no-name`,
/// `--` before operands that begin with a dash, and `-` as an operand.
///
/// Differs from GNU's getopt_long in two ways. Names are not abbreviated, since an abbreviation in
/// a script breaks when another option arrives. And an option that stands where a value is missing
/// is not taken for the value (`--output --quiet`); `--output=--quiet` still is.
struct ArgumentParser {
  let options: [OptionDeclaration]

  private var operands: [String] = []
  private var occurrences: [String: [String]] = [:]

  init(options: [OptionDeclaration]) {
    self.options = options
  }

  static func parse(
    _ words: [String], options: [OptionDeclaration]
  ) throws(UsageError) -> Arguments {
    var parser = ArgumentParser(options: options)
    try parser.read(words[...])
    return Arguments(
      operands: parser.operands, occurrences: parser.occurrences, declared: options)
  }

  private mutating func read(_ words: ArraySlice<String>) throws(UsageError) {
    var rest = words
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      } else if word.hasPrefix("--") {
        try readLong(word, &rest)
      } else if word.hasPrefix("-") && word != "-" {
        try readShort(word, &rest)
      } else {
        operands.append(word)
      }
    }
  }

  /// `--name`, `--no-name`, `--name=value` or `--name value`
  private mutating func readLong(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    // By scalars: a value may begin with a mark that makes one character with the sign.
    let body = word.unicodeScalars.dropFirst(2)
    let sign = body.firstIndex(of: "=")
    let name = String(body[..<(sign ?? body.endIndex)])
    let attached = sign.map { String(body[body.index(after: $0)...]) }
    guard let option = options.first(where: { $0.longNames.contains(name) }) else {
      throw .unknownOption("--" + name, nearest: nearestName(to: name))
    }
    switch option.form {
    case .flag, .toggle:
      if let attached { throw .unwantedValue(option: "--" + name, value: attached) }
      record(option, name == option.name ? OptionDeclaration.yes : OptionDeclaration.no)
    case .value(let value):
      try record(option, value, typed: "--" + name, attached ?? nextValue(&rest))
    }
  }

  /// `-a`, `-abc`, `-nvalue` or `-n value`
  private mutating func readShort(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = options.first(where: { $0.short == letter }) else {
        throw .unknownOption("-\(letter)", nearest: nil)
      }
      guard let value = option.value else {
        record(option, OptionDeclaration.yes)
        continue
      }
      let attached = letters.isEmpty ? nil : String(letters)
      try record(option, value, typed: "-\(letter)", attached ?? nextValue(&rest))
      return
    }
  }

  private mutating func record(
    _ option: OptionDeclaration, _ value: ValueDeclaration, typed: String, _ text: String?
  ) throws(UsageError) {
    guard let text else {
      throw .missingValue(option: typed, expectation: value.expectation)
    }
    guard value.accepts(text) else {
      throw .unacceptableValue(
        option: typed, value: text, expectation: value.expectation,
        nearest: value.expectation.nearestName(to: text))
    }
    record(option, text)
  }

  private mutating func record(_ option: OptionDeclaration, _ text: String) {
    occurrences[option.name, default: []].append(text)
  }

  private func nextValue(_ rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.first, !isOption(next) else { return nil }
    return rest.popFirst()
  }

  /// Whether a word is `--` or names a long option of this command.
  private func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("--") else { return false }
    let name = word.unicodeScalars.dropFirst(2).prefix { $0 != "=" }
    return name.isEmpty || options.contains { $0.longNames.contains(String(name)) }
  }

  private func nearestName(to name: String) -> String? {
    EditDistance.nearest(to: name, among: options.flatMap(\.longNames)).map { "--" + $0 }
  }
}

extension Expectation {
  /// The allowed name that a mistyped one most likely meant.
  func nearestName(to text: String) -> String? {
    switch self {
    case .oneOf(let names), .colorMap(let names):
      return EditDistance.nearest(to: text, among: names)
    case .specification(let names):
      let name = String(text.prefix { $0 != ":" && $0 != "," })
      return names.contains(name) ? nil : EditDistance.nearest(to: name, among: names)
    case .wholeNumber, .number, .pixelSize, .pixelCount, .byteCount, .duration, .wholeNumbers,
      .text, .form:
      return nil
    }
  }
}
