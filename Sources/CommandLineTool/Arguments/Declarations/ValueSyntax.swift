/// A kind of value that an option takes: how it is read, what it looks like in help, how a shell
/// completes it, and what an error says that was expected.
///
/// The common kinds are static members; a command with a kind of its own adds one in its own file.
struct ValueSyntax<Value: Sendable>: Sendable {
  /// What stands for the value in help: `N`, `WxH`, `FILE`.
  let placeholder: String
  let completion: Completion
  let expectation: Expectation
  /// The value of a text, or nil if the text is none of these.
  let read: @Sendable (String) -> Value?

  init(
    placeholder: String, completion: Completion = .none, expectation: Expectation,
    read: @escaping @Sendable (String) -> Value?
  ) {
    self.placeholder = placeholder
    self.completion = completion
    self.expectation = expectation
    self.read = read
  }

  var declaration: ValueDeclaration {
    ValueDeclaration(
      placeholder: placeholder, completion: completion, expectation: expectation,
      accepts: { [read] in read($0) != nil })
  }

  /// The value of a text that the parser accepted, or of a declared default.
  func accepted(_ text: String) -> Value {
    guard let value = read(text) else {
      preconditionFailure("'\(text)' was accepted or declared, but is not \(expectation)")
    }
    return value
  }
}

/// What everything but the command itself needs to know of a kind of value.
struct ValueDeclaration: Sendable {
  let placeholder: String
  let completion: Completion
  let expectation: Expectation
  let accepts: @Sendable (String) -> Bool
}

/// What a value should have been; the sentences about it stand in `Messages`.
enum Expectation: Sendable, Equatable {
  case wholeNumber(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case oneOf([String])
  /// One of these names of colours, with which other tools' names are compared.
  case colorMap([String])
  case pixelSize
  case pixelCount
  case byteCount
  case duration
  case wholeNumbers(ClosedRange<Int>)
  case specification(names: [String])
  /// Any text but an empty one.
  case text
  /// A form of a command's own, in words: "top, topK, an index or a label".
  case form(String)
}
