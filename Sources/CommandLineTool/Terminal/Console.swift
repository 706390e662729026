/// Everything a run sees of the outside and says to it; tests put their own in its place.
public struct Console: Sendable {
  let output: any TextSink
  let messages: any TextSink
  let input: any LineSource
  let environment: [String: String]
  let interruption: @Sendable () -> Int32?

  /// Makes a console of two sinks (standard output and standard error), standard input, the
  /// environment, and the question whether a signal asked the run to stop.
  public init(
    output: any TextSink, messages: any TextSink, input: any LineSource,
    environment: [String: String], interruption: @escaping @Sendable () -> Int32?
  ) {
    self.input = input
    self.output = output
    self.messages = messages
    self.environment = environment
    self.interruption = interruption
  }

  /// Writes to standard output.
  func print(_ text: String) {
    output.write(text)
  }

  /// Writes a line to standard error.
  func message(_ text: String) {
    messages.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Writes what went wrong to standard error, behind the program's name as Unix tools do.
  func report(_ sentence: String) {
    message(style(of: messages).red("whylight:") + " " + sentence.printable)
  }

  var outputStyle: TextStyle { style(of: output) }

  /// Help is laid out for the terminal, 80 columns without one, and never wider than reads well.
  var helpWidth: Int {
    let columns = output.columns ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return min(max(columns, 40), 100)
  }

  /// Colour only on a terminal that can, and not against the user's wish (no-color.org).
  private func style(of sink: any TextSink) -> TextStyle {
    let isUnwanted = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return TextStyle(
      isColoured: sink.isTerminal && !isUnwanted && environment["TERM"] != "dumb")
  }
}

/// Where text goes.
public protocol TextSink: Sendable {
  /// Whether a person is looking.
  var isTerminal: Bool { get }

  /// The width of the terminal, if it is one that knows.
  var columns: Int? { get }

  /// Writes all of the text, or as much as the other end takes.
  func write(_ text: String)

  /// The error number of the first text that was lost, if one was.
  var failure: Int32? { get }
}

/// Emphasis by the escape sequences of ECMA-48, or none.
struct TextStyle: Sendable {
  let isColoured: Bool

  func bold(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  func red(_ text: String) -> String { isColoured ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
}

extension String {
  /// The text with control characters spelled out: a file's name or a library's words must not
  /// steer the terminal.
  var printable: String {
    unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control
        ? scalar.escaped(asASCII: true) : String(scalar)
    }.joined()
  }
}
