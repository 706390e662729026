import Synchronization

@testable import CommandLineTool

/// A sink that keeps what it gets.
final class CollectingSink: TextSink {
  let isTerminal: Bool
  let columns: Int?
  private let collected = Mutex("")

  init(isTerminal: Bool = false, columns: Int? = nil) {
    self.isTerminal = isTerminal
    self.columns = columns
  }

  var text: String { collected.withLock { $0 } }
  var failure: Int32? { nil }

  func write(_ text: String) {
    collected.withLock { $0 += text }
  }
}

/// Lines on standard input.
final class GivenLines: LineSource {
  private let rest: Mutex<[String]>

  init(_ lines: [String]) { rest = Mutex(lines) }

  var failure: LineFailure? { nil }

  func take(_ most: Int) -> [String] {
    rest.withLock { rest in
      defer { rest.removeFirst(min(most, rest.count)) }
      return Array(rest.prefix(most))
    }
  }
}

/// What a run printed, said and ended with.
struct Outcome {
  let output: String
  let messages: String
  let exitCode: ExitCode
}

/// Runs a command line in memory.
func run(
  _ arguments: [String], commands: [any Command.Type] = CommandList.all,
  terminalColumns: Int? = nil, lines: [String] = [], environment: [String: String] = [:],
  interruption: Int32? = nil
) async -> Outcome {
  let output = CollectingSink(isTerminal: terminalColumns != nil, columns: terminalColumns)
  let messages = CollectingSink(isTerminal: terminalColumns != nil, columns: terminalColumns)
  let console = Console(
    output: output, messages: messages, input: GivenLines(lines), environment: environment,
    interruption: { interruption })
  let exitCode = await Tool(commands: commands).run(arguments: arguments, console: console)
  return Outcome(output: output.text, messages: messages.text, exitCode: exitCode)
}
