import TestSupport
import Testing

@testable import CommandLineTool

/// Which pictures a command line names: the same for all commands that look at pictures.
@Suite struct PicturePathsTests {
  private let seven = Fixtures.path("digits/7-01.png")
  private let nine = Fixtures.path("digits/9-01.png")

  @Test func aPipesPathsAreAnsweredLineByLine() async {
    let outcome = await run(["classify", "-"], lines: [seven, "/nowhere.png", nine])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("\(seven): 7 ") == true)
    #expect(lines.last?.hasPrefix("\(nine): 9 ") == true)
    #expect(outcome.messages.contains("/nowhere.png") && outcome.exitCode == .someFailed)
  }

  @Test func aPipesPathsStandBesideNamedOnes() async {
    let outcome = await run(["classify", nine, "-"], lines: [seven, nine])
    #expect(
      outcome.output.split(separator: "\n").map { $0.prefix(while: { $0 != ":" }) } == [
        nine[...], seven[...],
      ])
    #expect(outcome.exitCode == .done)
  }

  @Test(arguments: ["classify", "segment"])
  func aPatternThatTheShellLeftIsExpanded(command: String) async throws {
    try await withTemporaryFolder { folder async in
      let output = command == "segment" ? ["-o", folder + "/out"] : []
      let outcome = await run([command] + output + [Fixtures.path("digits/7-*.png")])
      let paths = outcome.output.split(separator: "\n").map { $0.prefix(while: { $0 != ":" }) }
      #expect(paths.count > 1 && paths.allSatisfy { $0.contains("/digits/7-") })
      #expect(outcome.exitCode == .done)
    }
  }

  @Test func nothingAtAllIsAnError() async {
    let outcome = await run(["classify", "/nowhere.png"])
    #expect(outcome.exitCode == .couldNotRun && outcome.messages.contains("/nowhere.png"))
  }
}
