import Testing

@testable import CommandLineTool

/// Wrong command lines and exactly what is said about them.
@Suite struct UsageMessageTests {
  struct Mistake: CustomTestStringConvertible {
    let words: [String]
    let sentence: String
    var testDescription: String { words.joined(separator: " ") }
  }

  static let mistakes: [Mistake] = [
    Mistake(words: ["to"], sentence: "There is no command 'to'. Did you mean 'toy'?"),
    Mistake(words: ["explode"], sentence: "There is no command 'explode'."),
    Mistake(words: ["help", "tyo"], sentence: "There is no command 'tyo'. Did you mean 'toy'?"),
    Mistake(
      words: ["--versoin"],
      sentence: "There is no option '--versoin' here. Did you mean '--version'?"),
    Mistake(words: ["--version", "x"], sentence: "'x' is one argument too many."),
    Mistake(
      words: ["--generate-completion-script", "bsh"],
      sentence: "--generate-completion-script is 'bsh', but must be one of bash, zsh, fish. "
        + "Did you mean 'bash'?"),
    Mistake(words: ["toy"], sentence: "FIRST is missing."),
    Mistake(words: ["single", "a", "b"], sentence: "'b' is one argument too many."),
    Mistake(
      words: ["toy", "--luod", "x"],
      sentence: "There is no option '--luod' here. Did you mean '--loud'?"),
    Mistake(
      words: ["toy", "--no-reprt", "x"],
      sentence: "There is no option '--no-reprt' here. Did you mean '--no-report'?"),
    Mistake(words: ["toy", "--zzz", "x"], sentence: "There is no option '--zzz' here."),
    Mistake(words: ["toy", "-lz", "x"], sentence: "There is no option '-z' here."),
    Mistake(
      words: ["toy", "x", "--loud=yes"], sentence: "--loud takes no value, but has 'yes'."),
    Mistake(
      words: ["toy", "x", "--no-report=1"], sentence: "--no-report takes no value, but has '1'."),
    Mistake(
      words: ["toy", "x", "--count"],
      sentence: "--count needs a value: a whole number from 1 to 9."),
    Mistake(
      words: ["toy", "x", "--output", "--loud"],
      sentence: "--output needs a value: a text that is not empty."),
    Mistake(
      words: ["toy", "x", "-n", "ten"],
      sentence: "-n is 'ten', but must be a whole number from 1 to 9."),
    Mistake(
      words: ["toy", "x", "--count=10"],
      sentence: "--count is '10', but must be a whole number from 1 to 9."),
    Mistake(
      words: ["toy", "x", "--seed=-1"],
      sentence: "--seed is '-1', but must be a whole number of at least 0 and below 2^63."),
    Mistake(
      words: ["toy", "x", "--opacity=nan"],
      sentence: "--opacity is 'nan', but must be a number from 0 to 1."),
    Mistake(
      words: ["toy", "x", "--fruit=quinze"],
      sentence: "--fruit is 'quinze', but must be one of apple, pear, quince. "
        + "Did you mean 'quince'?"),
    Mistake(
      words: ["toy", "x", "--fruit="],
      sentence: "--fruit is '', but must be one of apple, pear, quince."),
    Mistake(
      words: ["toy", "x", "--method", "oclusion:window=3"],
      sentence: "--method is 'oclusion:window=3', but must be a name with settings if needed "
        + "(name:key=value,key=value), the name one of lime, occlusion. "
        + "Did you mean 'occlusion'?"),
    Mistake(
      words: ["toy", "x", "--method", "lime:samples"],
      sentence: "--method is 'lime:samples', but must be a name with settings if needed "
        + "(name:key=value,key=value), the name one of lime, occlusion."),
    Mistake(
      words: ["toy", "x", "--size", "640"],
      sentence: "--size is '640', but must be a width and a height in pixels such as 640x480, "
        + "each from 1 to 65535."),
    Mistake(
      words: ["toy", "x", "--size", "0x10"],
      sentence: "--size is '0x10', but must be a width and a height in pixels such as 640x480, "
        + "each from 1 to 65535."),
    Mistake(
      words: ["toy", "x", "--pixels=99999999999G"],
      sentence: "--pixels is '99999999999G', but must be a number of pixels such as 250000 or "
        + "200M."),
    Mistake(
      words: ["toy", "x", "--time=soon"],
      sentence: "--time is 'soon', but must be a length of time such as 90s, 1.5m or 2h."),
    Mistake(
      words: ["toy", "x", "--layers=1,,2"],
      sentence: "--layers is '1,,2', but must be whole numbers with commas between them, each "
        + "from 1 to 512."),
    Mistake(
      words: ["toy", "x", "--model="],
      sentence: "--model is '', but must be a text that is not empty."),
    Mistake(
      words: ["toy", "x", "--loud", "--label=a"],
      sentence: "--loud and --label exclude each other. Leave one out."),
  ]

  @Test(arguments: mistakes)
  func aMistakeHasItsSentenceAndEndsWith64(mistake: Mistake) async {
    let outcome = await run(mistake.words, commands: toyCommands)
    let help =
      ["toy", "single"].contains(mistake.words[0])
      ? "whylight \(mistake.words[0]) --help" : "whylight --help"
    #expect(outcome.messages == "whylight: \(mistake.sentence)\nTry `\(help)`.\n")
    #expect(outcome.output == "")
    #expect(outcome.exitCode == .wrongUsage)
  }

  /// The same for `convert`, none of whose files exist.
  static let wrongConversions: [Mistake] = [
    Mistake(words: [], sentence: "IN is missing."),
    Mistake(words: ["a.png"], sentence: "OUT is missing."),
    Mistake(
      words: ["a.png", "b"],
      sentence: "b: the name of an output ends in .png, .jpg or .jpeg, or in / for a folder."),
    Mistake(
      words: ["a.png", "b.gif"],
      sentence: "b.gif: the name of an output ends in .png, .jpg or .jpeg, or in / for a folder."),
    Mistake(
      words: ["a.png", "b.png", "c.png"],
      sentence: "Several inputs need a folder as output. Write 'c.png/' if it is to be one."),
    Mistake(
      words: ["--size=1x1", "--max-side=1", "a.png", "b.png"],
      sentence: "--size and --max-side exclude each other. Leave one out."),
    Mistake(
      words: ["--quality=50", "a.png", "b.png"],
      sentence: "--quality has no effect on a PNG. Leave it out."),
    Mistake(
      words: ["--compression=9", "a.png", "b.jpg"],
      sentence: "--compression has no effect on a JPEG. Leave it out."),
    Mistake(
      words: ["--depth=16", "a.png", "b.png", "--format=jpeg"],
      sentence: "--depth 16 has no effect on a JPEG. Leave it out."),
    Mistake(
      words: ["--filter=lancos", "a.png", "b.png"],
      sentence: "--filter is 'lancos', but must be one of nearest, area, bilinear, bicubic, "
        + "lanczos. Did you mean 'lanczos'?"),
  ]

  @Test(arguments: wrongConversions)
  func aWrongConversionHasItsSentence(mistake: Mistake) async {
    let outcome = await run(["convert"] + mistake.words)
    #expect(outcome.messages == "whylight: \(mistake.sentence)\nTry `whylight convert --help`.\n")
    #expect(outcome.exitCode == .wrongUsage)
  }

  @Test func withoutACommandTheHelpIsAMessageAndTheUsageWrong() async {
    let outcome = await run([], commands: toyCommands)
    #expect(outcome.messages == (await run(["--help"], commands: toyCommands)).output)
    #expect(outcome.output == "")
    #expect(outcome.exitCode == .wrongUsage)
  }

  @Test(arguments: [([:], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false)])
  func errorsAreRedOnATerminalUnlessThatIsUnwanted(
    environment: [String: String], isRed: Bool
  ) async {
    let outcome = await run(["to"], terminalColumns: 80, environment: environment)
    #expect(outcome.messages.hasPrefix("\u{1B}[31mwhylight:\u{1B}[0m ") == isRed)
    #expect(outcome.messages.hasPrefix("whylight: ") == !isRed)
  }
}

extension UsageMessageTests {
  @Test(
    "names of other tools' colours are answered with the nearest of ours",
    arguments: [("viridis", "'dusk' is the one most like it"), ("gry", "Did you mean 'grey'?")])
  func colors(name: String, words: String) {
    let names = ["heat", "grey"]
    let error = UsageError.unacceptableValue(
      option: "--colormap", value: name, expectation: .colorMap(names),
      nearest: Expectation.colorMap(names).nearestName(to: name))
    #expect(error.sentence.contains(words), "\(error.sentence)")
  }
}
