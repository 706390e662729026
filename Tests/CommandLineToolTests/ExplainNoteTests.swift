import Foundation
import Imaging
import TestSupport
import Testing

@testable import CommandLineTool

/// What `explain` says of its options before it begins.
@Suite struct ExplainNoteTests {
  private static let digit = Fixtures.path("digits/3-01.png")

  private func explain(_ options: [String], in folder: String) async -> Outcome {
    await run(["explain", "-o", folder + "/out", "--no-report"] + options + [Self.digit])
  }

  @Test(arguments: [
    (["--method", "gradient", "--segments", digit], "No chosen method uses --segments.\n"),
    (["--method", "lime:segmenter=grid", "--method", "ablation", "--segments", "MAP"], nil),
    (["--method", "gradient", "--baseline", "white"], "No chosen method uses --baseline.\n"),
    (
      ["--method", "occlusion:fill=black", "--baseline", digit],
      "No chosen method uses --baseline.\n"
    ),
    (["--method", "gradient", "--method", "occlusion", "--baseline", "white"], nil),
    (["--method", "occlusion", "--baseline", digit], nil),
    (
      ["--method", "gradient", "--target", "top99"],
      "--target top99 explains all classes of the model: 10.\n"
    ),
    (["--method", "gradient", "--target", "top10"], nil),
  ])
  func anOptionWithoutEffectIsNamed(options: [String], note: String?) async throws {
    try await withTemporaryFolder { folder in
      try writeLabelMap(of: 4, to: folder + "/map.png")
      let outcome = await explain(
        options.map { $0 == "MAP" ? folder + "/map.png" : $0 }, in: folder)
      #expect(outcome.exitCode == .done, "\(outcome.messages)")
      #expect(outcome.messages.hasPrefix((note ?? "") + "1 picture explained."))
    }
  }

  @Test func moreSegmentsThanAMethodTakesAreRefusedBeforeAnythingIsWritten() async throws {
    try await withTemporaryFolder { folder in
      try writeLabelMap(of: 43, to: folder + "/map.png")
      let outcome = await explain(
        ["--segments", folder + "/map.png", "--method", "lime", "--method", "shapley-exact"],
        in: folder)
      #expect(outcome.exitCode == .wrongUsage)
      #expect(
        outcome.messages.contains(
          "shapley-exact: the segments are 43, but at most 16 are possible"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test(arguments: [("//report.html", "/report.html"), ("out/report.html", "out/report.html")])
  func thePageIsNamedAsPeopleWriteIt(path: String, shown: String) {
    let text = ExplainMessages.summary(done: 1, before: 0, failed: 0, flat: 0, output: path)
    #expect(text == "1 picture explained. Look at \(shown).")
  }

  /// Stripes and a rest over a digit.
  private func writeLabelMap(of count: Int, to path: String) throws {
    let labels = (0..<784).map { UInt8(min($0 / 14, count - 1)) }
    try writeFile(
      path,
      try ImageEncoder.png(
        Image(width: 28, height: 28, layout: .grey, samples: .eight(labels))))
  }
}
