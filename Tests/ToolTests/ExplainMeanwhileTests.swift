import Foundation
import TestSupport
import Testing

/// Runs of `whylight explain` whose pictures, results or folders others move and remove.
@Suite struct ExplainMeanwhileTests {
  private let whylight = BuiltProgram.path("whylight")

  /// What is moved, unpacked or copied with its times was written before the results.
  @Test(arguments: ["mv other.png", "cp -p other.png", "ln -sf ../other.png"])
  func resumingExplainsPicturesThatOlderOnesReplaced(replacing: String) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await Script.run(
        """
        explain() { '\(whylight)' explain --method gradient --resume in; }
        cd '\(folder)'; mkdir in; cp '\(Fixtures.path("digits/1-01.png"))' in/p.png
        cp '\(Fixtures.path("digits/4-01.png"))' other.png; touch -d 2020-01-01 other.png
        explain
        # Until the clock of the files has gone on.
        later() { touch now; [ now -nt whylight-out/report.html ]; }
        await later
        \(replacing) in/p.png; explain
        await later
        explain
        """)
      let lines = outcome.output.split(separator: "\n").map { $0.prefix(11) }
      #expect(lines == ["in/p.png: 1", "in/p.png: 4"], "\(outcome)")
    }
  }

  @Test(arguments: ["rm", "cp in/p.png spare; mv spare"], ["in", "--json - <list"])
  func recordsThatAreGoneAreAnError(removing: String, input: String) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await Script.run(
        """
        cd '\(folder)'; mkdir in; cp '\(Fixtures.path("digits/1-01.png"))' in/p.png
        for n in 1 2 3 4; do cp in/p.png in/$n.png; done; ls -d in/*.png >list
        '\(whylight)' explain --threads 1 --method smoothgrad:samples=9000 -o out \(input) \\
          >/dev/null & pid=$!
        await test -s out/results.jsonl
        \(removing) out/results.jsonl
        wait $pid; echo $?
        """)
      #expect(outcome.output == "1\n", "\(outcome)")
      #expect(outcome.messages.contains("out/results.jsonl: its folder, or what was written of it"))
      #expect(!outcome.messages.contains("explained"), "\(outcome.messages)")
    }
  }

  /// In a folder that a run marked, and in one where somebody keeps pictures.
  @Test(
    arguments: ["mkdir -p out/in/a.gradient.png", "mkdir -p out/in; touch out/in/a"],
    ["", "cp in/b.png out"])
  func aPictureWhosePlaceAFolderHasFailsAlone(making: String, keeping: String) async throws {
    try await withTemporaryFolder { folder in
      let isFolder = making.hasSuffix("png")
      let outcome = try await Script.run(
        """
        cd '\(folder)'; mkdir -p in/a
        cp '\(Fixtures.path("digits/1-01.png"))' in/a.png; cp in/a.png in/b.png
        cp in/a.png in/a/c.png
        \(making); \(keeping)
        '\(whylight)' explain --method gradient -o out in/a.png in/b.png in/a/c.png; echo $?
        """)
      #expect(outcome.output.hasSuffix("\n2\n"), "\(outcome)")
      #expect(outcome.messages.contains("2 pictures explained, 1 failed."), "\(outcome.messages)")
      let sentence =
        isFolder
        ? "in/a.png: out/in/a.gradient.png cannot be written: Is a directory."
        : "in/a/c.png: out/in/a/c.gradient.png cannot be written: Not a directory."
      #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
    }
  }
}
