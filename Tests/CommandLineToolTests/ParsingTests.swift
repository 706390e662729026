import Testing

@testable import CommandLineTool

/// What the toy command understood, for lists of words that mean the same.
@Suite struct ParsingTests {
  struct Reading: CustomTestStringConvertible {
    let words: [String]
    let line: String
    var testDescription: String { words.joined(separator: " ") }
  }

  static let readings: [Reading] = [
    Reading(words: ["x"], line: "loud false all false report true"),
    Reading(words: ["--loud", "x"], line: "loud true all false report true"),
    Reading(words: ["-la", "x"], line: "loud true all true report true"),
    Reading(words: ["x", "-a", "-l"], line: "loud true all true report true"),
    Reading(words: ["x", "--no-report"], line: "loud false all false report false"),
    Reading(words: ["x", "--no-report", "--report"], line: "loud false all false report true"),
    Reading(words: ["x"], line: "count 3 seed -"),
    Reading(words: ["x", "--count=5"], line: "count 5 seed -"),
    Reading(words: ["x", "--count", "5"], line: "count 5 seed -"),
    Reading(words: ["x", "-n5"], line: "count 5 seed -"),
    Reading(words: ["x", "-n", "5"], line: "count 5 seed -"),
    Reading(words: ["x", "-n5", "-n6"], line: "count 6 seed -"),
    Reading(words: ["-ln5", "x"], line: "count 5 seed -"),
    Reading(words: ["x", "--seed=9223372036854775807"], line: "count 3 seed \(Int.max)"),
    Reading(words: ["x"], line: "opacity 0.5 fruit pear"),
    Reading(words: ["x", "--opacity=1e-1", "-fquince"], line: "opacity 0.1 fruit quince"),
    Reading(words: ["x", "-o", "-weird", "--model=a=b"], line: "output -weird model a=b"),
    Reading(words: ["x", "--output=--loud"], line: "output --loud model -"),
    Reading(words: ["x", "--output=a/b//"], line: "output a/b model -"),
    Reading(words: ["x", "--output=//"], line: "output / model -"),
    Reading(words: ["x"], line: "methods [\"lime\"]"),
    Reading(
      words: ["x", "--method", "occlusion:window=4,stride=2", "--method=lime:samples=9:seed=1"],
      line: "methods [\"occlusion window=4 stride=2\", \"lime samples=9 seed=1\"]"),
    Reading(words: ["x", "--size=640x480"], line: "size 640 by 480"),
    Reading(words: ["x", "--pixels=250k"], line: "pixels 250000 time -"),
    Reading(
      words: ["x", "--pixels=2G", "--time=90s"], line: "pixels 2000000000 time 90.0 seconds"),
    Reading(words: ["x", "--time=1.5m"], line: "pixels - time 90.0 seconds"),
    Reading(words: ["x", "--time=250ms"], line: "pixels - time 0.25 seconds"),
    Reading(words: ["x", "--layers=32,64,128"], line: "layers [32, 64, 128] label -"),
    Reading(words: ["x", "--label=\u{E33}"], line: "layers - label \u{E33}"),
    Reading(words: ["x", "--label", "-1"], line: "layers - label -1"),
    Reading(words: ["-", "--", "--loud", "-a"], line: "operands [\"-\", \"--loud\", \"-a\"]"),
    Reading(words: ["", "y"], line: "operands [\"\", \"y\"]"),
  ]

  @Test(arguments: readings)
  func aCommandLineIsUnderstood(reading: Reading) async {
    let outcome = await run(["toy"] + reading.words, commands: toyCommands)
    #expect(outcome.output.split(separator: "\n").contains(Substring(reading.line)))
    #expect(outcome.messages == "understood\n")
    #expect(outcome.exitCode == .done)
  }

  @Test func quietPrintsNothing() async {
    let outcome = await run(["toy", "-q", "x"], commands: toyCommands)
    #expect(outcome.output + outcome.messages == "")
    #expect(outcome.exitCode == .done)
  }

  @Test func anOptionThatTheCommandDidNotDeclareIsAMistakeOfOurs() async {
    await #expect(processExitsWith: .failure) {
      let arguments = Arguments(operands: [], occurrences: [:], declared: [])
      _ = arguments[ToyCommand.loud]
    }
  }
}
