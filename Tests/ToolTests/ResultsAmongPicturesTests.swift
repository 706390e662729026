import Foundation
import TestSupport
import Testing

/// Results that lie among pictures, met by other commands and runs.
@Suite struct ResultsAmongPicturesTests {
  private let whylight = BuiltProgram.path("whylight")

  /// What a command prints in a folder of three digits that `explain` has drawn on: one is called
  /// like a map, one lies in a folder below.
  private func printed(_ commands: String) async throws -> [Substring] {
    var lines: [Substring] = []
    try await withTemporaryFolder { folder in
      for name in ["a.png", "b.edges.png", "sub/c.png"] {
        try writeFile(folder + "/in/" + name, try Fixtures.data("digits/3-01.png"))
      }
      let script = """
        cd '\(folder)/in'; PATH='\((whylight as NSString).deletingLastPathComponent)':$PATH
        whylight explain -q --method gradient --method edges --save overlay,heatmap,panel -o . . \
          && { \(commands); }
        """
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.status == 0, "\(outcome.messages)")
      lines = outcome.output.split(separator: "\n")
    }
    return lines
  }

  @Test(arguments: [
    "whylight classify .", "whylight classify ../in", "whylight classify a.png b.edges.png sub",
    "whylight explain --method gradient --json -o ../out .",
    "whylight explain --method gradient --json -o . .",
    "whylight segment -q -o . . && whylight segment -o . .",
    "whylight segment -o ../out .",
  ])
  func theyArePassedOver(commands: String) async throws {
    let lines = try await printed(commands)
    #expect(lines.count == 3, "\(lines)")
  }

  @Test(arguments: [
    ("whylight classify a.gradient.png b.edges.edges.png", 2),
    ("whylight classify '*.png'", 2 + 2 * 2 * 3),
    ("echo a.gradient.png | whylight classify -", 1),
    ("whylight convert . ../out/ >/dev/null && find ../out -name '*.png'", 3 + 3 * 2 * 3),
    ("whylight explain -q -o ../out . && whylight classify ../out", 3 * 3),
  ])
  func namedOnesAreTaken(commands: String, count: Int) async throws {
    let lines = try await printed(commands)
    #expect(lines.count == count, "\(lines)")
  }
}
