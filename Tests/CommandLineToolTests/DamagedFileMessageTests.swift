import FoundationEssentials
import TestSupport
import Testing

@testable import CommandLineTool

/// What is said about every damaged or foreign file among the fixtures, strictly and leniently.
@Suite struct DamagedFileMessageTests {
  @Test(arguments: [("strict", [String]()), ("lenient", ["--lenient"])])
  func everyDamagedFileHasItsSentence(manner: String, options: [String]) async throws {
    try await withTemporaryFolder { folder in
      let damaged = Fixtures.path("damaged")
      let names = try Fixtures.names(in: "damaged")
      try #require(!names.isEmpty)
      var text = ""
      for name in names {
        let output = folder + "/out.png"
        let paths = [damaged + "/" + name, output]
        let outcome = await run(["convert"] + options + paths)
        // Nothing is written unless the picture was.
        let isWritten = FileManager.default.fileExists(atPath: output)
        #expect(isWritten == (outcome.exitCode == .done))
        if isWritten { try FileManager.default.removeItem(atPath: output) }
        text += outcome.messages + outcome.output.replacing(folder + "/out.png", with: name)
      }
      let named = text.replacing(damaged + "/", with: "")
      try expectSnapshot(withoutLibrariesWords(named), "damaged-\(manner).txt")
    }
  }

  /// The libraries' own words change from version to version.
  private func withoutLibrariesWords(_ text: String) -> String {
    text.replacing(/\((libpng|libjpeg): .*?\)\./) { "(\($0.output.1): …)." }
  }
}
