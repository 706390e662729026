import TestSupport
import Testing

@testable import CommandLineTool

/// Help, manual page and completions, which are made of the declarations alone.
@Suite struct DerivedTextTests {
  @Test(arguments: [
    (["--help"], "help.txt"), (["help", "toy"], "help-toy.txt"),
    (["--generate-man-page"], "man-page.roff"),
    (["--generate-completion-script", "bash"], "completion.bash"),
    (["--generate-completion-script", "zsh"], "completion.zsh"),
    (["--generate-completion-script", "fish"], "completion.fish"),
  ])
  func textsAreAsRecorded(words: [String], name: String) async throws {
    let outcome = await run(words, commands: toyCommands)
    #expect(outcome.exitCode == .done && outcome.messages.isEmpty)
    try expectSnapshot(outcome.output, name)
  }

  private static let commandNames = Tool().commands.map { $0.declaration.name }

  @Test(arguments: commandNames)
  func everyCommandsHelpIsAsRecorded(name: String) async throws {
    let outcome = await run(["help", name], commands: Tool().commands)
    #expect(outcome.exitCode == .done && outcome.messages.isEmpty)
    try expectSnapshot(outcome.output, "help-\(name).txt")
  }

  @Test(arguments: [
    ["help", "toy"], ["toy", "--help"], ["toy", "-h", "--nonsense"], ["-h", "toy"],
  ])
  func helpIsGivenHoweverItIsAskedFor(words: [String]) async {
    let outcome = await run(words, commands: toyCommands)
    #expect(outcome.output.hasPrefix("Say what was understood.\n\nExamples:\n  # Say one thing\n"))
    #expect(outcome.exitCode == .done)
  }

  @Test(arguments: [40, 60, 80, 100])
  func helpKeepsToTheWidthOfTheTerminal(width: Int) async {
    let page = await run(["help", "toy"], commands: toyCommands, terminalColumns: width).output
    let text = page.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "")
    // A signature and a description's smallest width have their room whatever the terminal is.
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= max(width, 54) })
  }

  @Test func helpIsNeverWiderThanReadsWell() async {
    let wide = await run(["help", "toy"], commands: toyCommands, terminalColumns: 300).output
    let limit = await run(["help", "toy"], commands: toyCommands, terminalColumns: 100).output
    #expect(wide == limit)
  }

  @Test func aPipeIsLaidOutByCOLUMNS() async {
    let page = await run(["help", "toy"], commands: toyCommands, environment: ["COLUMNS": "60"])
    let terminal = await run(
      ["help", "toy"], commands: toyCommands, terminalColumns: 60, environment: ["NO_COLOR": "1"])
    #expect(page.output == terminal.output)
  }

  @Test func theVersionIsPrinted() async {
    #expect(await run(["--version"]).output == "whylight \(Tool.version)\n")
    #expect(await run(["-V"]).output == "whylight \(Tool.version)\n")
  }
}
