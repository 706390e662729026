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

  @Test(
    "a shell offers the words that an option takes",
    arguments: [
      ("explain", "method", ["occlusion", "grad-cam++"]), ("explain", "baseline", ["blur"]),
      ("explain", "colormap", ["red-blue", "seismic"]), ("explain", "target", ["top"]),
      ("explain", "save", ["npy"]), ("explain", "scale", ["run"]),
      ("bench", "method", ["classify", "train", "lrp"]), ("segment", "method", ["auto", "slic"]),
      ("segment", "draw", ["labels"]), ("train", "layers", ["lenet", "resnet-tiny"]),
      ("train", "data", ["synthetic"]), ("train", "augment", ["none", "rotate"]),
      ("train", "optimizer", ["adam"]), ("evaluate", "split", ["test"]),
    ])
  func offeredWords(command: String, option: String, words: [String]) throws {
    let declarations = CommandList.all.map { $0.declaration }
    let found = try #require(
      declarations.first { $0.name == command }?.allOptions.first { $0.name == option }?.value)
    #expect(Set(words).isSubset(of: found.completion.words))
    #expect(found.completion.words.allSatisfy(found.accepts))
  }

  @Test(
    "bash completes words and files",
    arguments: [
      (["co"], ["convert"]), (["help", "co"], ["convert"]),
      (["--generate-completion-script", "f"], ["fish"]),
      (["convert", "--max"], ["--max-side", "--max-pixels"]),
      (["convert", "--filter", "la"], ["lanczos"]),
      (["convert", "--filter", "=", "bi"], ["bilinear", "bicubic"]),
      (["convert", "--quality", ""], []),
      (["explain", "--method", "occl"], ["occlusion"]),
      (["explain", "--baseline", "b"], ["black", "blur", "b.png"]),
      (["explain", "--save", "overlay,n"], ["overlay,npy"]),
      (["segment", "--draw", "l"], ["labels"]), (["bench", "--method", "tra"], ["train"]),
      (["explain", "--method", "grad-cam+"], ["grad-cam++"]),
    ])
  func bashCompletes(words: [String], offers: [String]) async throws {
    let script = await run(["--generate-completion-script", "bash"]).output
    try await withTemporaryFolder { folder in
      for name in ["b.png", "b.txt"] { try writeFile(folder + "/" + name, "".utf8) }
      try writeFile(folder + "/whylight.bash", script.utf8)
      let typed = (["whylight"] + words).map(\.shellWord).joined(separator: " ")
      let outcome = try await runProgram(
        "/bin/bash",
        [
          "-c",
          "cd '\(folder)' && . ./whylight.bash && COMP_WORDS=(\(typed)) "
            + "&& COMP_CWORD=\(words.count) && _whylight; printf '%s\n' \"${COMPREPLY[@]}\"",
        ])
      #expect(outcome.output.split(separator: "\n").map(String.init) == offers)
      #expect(outcome.messages == "")
    }
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

  @Test func helpAboutHelpIsTheOverview() async {
    let overview = await run(["help"], commands: toyCommands).output
    let about = await run(["help", "help"], commands: toyCommands)
    #expect(about.exitCode == .done && about.output == overview)
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
