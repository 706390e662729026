/// The tool as a value: command line in, exit code out, everything it says through the console.
///
/// This module knows how to talk with people: arguments, help, sentences, the terminal. It computes
/// nothing about pictures or networks; commands hand that to `Pipeline` and what is below.
public struct Tool: Sendable {
  static let version = "0.1.0"
  static let releaseDate = "2026-11-21"
  static let headline = "explain image classifiers"
  static let summary =
    "whylight shows why an image classifier said what it said. Pictures in (PNG, JPEG, folders), "
    + "pictures out; no Python, no network."

  /// The variables that the tool reads.
  static let environment = [
    ("NO_COLOR", "If set and not empty, messages and help are not coloured."),
    ("COLUMNS", "How wide help is laid out when the terminal does not say."),
    (
      Session.kernelVariable,
      "The instruction set that networks run with, of those the machine has: avx512, avx2, neon or "
        + "plain. Without it, the fastest."
    ),
  ]

  let commands: [any Command.Type]

  /// The tool with all its commands.
  public init() {
    commands = CommandList.all
  }

  init(commands: [any Command.Type]) {
    self.commands = commands
  }

  /// Runs one command line (without the program's own name) and says how it ended.
  public func run(arguments: [String], console: Console) async -> ExitCode {
    let exitCode = await answer(arguments: arguments, console: console)
    if let failure = console.input.failure {
      console.report(failure.sentence)
      return .couldNotRun
    }
    guard let failure = console.output.failure else { return exitCode }
    console.report(
      "Standard output cannot be written: \(String(systemError: failure)). What was printed is not "
        + "complete.")
    return .couldNotRun
  }

  private func answer(arguments: [String], console: Console) async -> ExitCode {
    do {
      return try await dispatch(arguments, console)
    } catch let error as UsageError {
      console.report(error.sentence)
      console.message("Try `\(helpCommand(for: arguments))`.")
      return .wrongUsage
    } catch is UnreadInput {
      return .couldNotRun
    } catch let error as any DescribedError {
      console.report(error.sentence)
      return .couldNotRun
    } catch {
      console.report("\(error)")
      return .couldNotRun
    }
  }

  private func dispatch(_ words: [String], _ console: Console) async throws -> ExitCode {
    guard let first = words.first else {
      console.message(help(console).overview(of: declarations))
      return .wrongUsage
    }
    if first.hasPrefix("-") { return try answer(words, console) }
    if first == "help" {
      try printHelp(for: Array(words.dropFirst()), console)
      return .done
    }
    let command = try command(named: first)
    let rest = Array(words.dropFirst())
    if asksForHelp(rest) {
      console.print(help(console).page(of: command.declaration))
      return .done
    }
    let declaration = command.declaration
    let arguments = try ArgumentParser.parse(rest, options: declaration.allOptions)
    try declaration.operands.check(arguments.operands)
    let session = Session(console: console, isQuiet: arguments[CommonOptions.quiet])
    return try await command.init(arguments).run(in: session)
  }

  /// The options of the tool itself.
  private func answer(_ words: [String], _ console: Console) throws -> ExitCode {
    let arguments = try ArgumentParser.parse(words, options: ToolOptions.declarations)
    if arguments[ToolOptions.help] {
      try printHelp(for: arguments.operands, console)
    } else if let operand = arguments.operands.first {
      throw UsageError.unexpectedOperand(operand)
    } else if arguments[ToolOptions.version] {
      console.print("whylight \(Tool.version)\n")
    } else if arguments[ToolOptions.manualPage] {
      console.print(ManualPage.text(of: declarations))
    } else if let shell = arguments[ToolOptions.completionScript] {
      console.print(shell.script(of: declarations))
    }
    return .done
  }

  private func printHelp(for names: [String], _ console: Console) throws {
    guard let name = names.first, name != "help" else {
      return console.print(help(console).overview(of: declarations))
    }
    console.print(help(console).page(of: try command(named: name).declaration))
  }

  private func command(named name: String) throws -> any Command.Type {
    for command in commands where command.declaration.name == name { return command }
    let nearest = EditDistance.nearest(to: name, among: declarations.map(\.name))
    throw UsageError.unknownCommand(name, nearest: nearest)
  }

  /// Help is given whatever else stands on the line, right or wrong, up to `--`.
  private func asksForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
  }

  private func helpCommand(for arguments: [String]) -> String {
    let command = declarations.map(\.name).first { $0 == arguments.first }
    return (["whylight"] + (command.map { [$0] } ?? []) + ["--help"]).joined(separator: " ")
  }

  private var declarations: [CommandDeclaration] { commands.map { $0.declaration } }

  private func help(_ console: Console) -> HelpPage {
    HelpPage(width: console.helpWidth, style: console.outputStyle)
  }
}
