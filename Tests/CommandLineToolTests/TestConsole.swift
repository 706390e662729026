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

  func write(_ text: String) {
    collected.withLock { $0 += text }
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
  terminalColumns: Int? = nil, environment: [String: String] = [:], interruption: Int32? = nil
) async -> Outcome {
  let output = CollectingSink(isTerminal: terminalColumns != nil, columns: terminalColumns)
  let messages = CollectingSink(isTerminal: terminalColumns != nil, columns: terminalColumns)
  let console = Console(
    output: output, messages: messages, environment: environment, interruption: { interruption })
  let exitCode = await Tool(commands: commands).run(arguments: arguments, console: console)
  return Outcome(output: output.text, messages: messages.text, exitCode: exitCode)
}
