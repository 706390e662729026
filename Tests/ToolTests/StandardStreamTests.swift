import Foundation
import TestSupport
import Testing

/// What the shell gives the program: standard input, output and error that are closed or have nothing
/// to say, pipes in the place of files, too few of them.
@Suite struct StandardStreamTests {
  private let whylight = BuiltProgram.path("whylight")

  private func records(_ folder: String) throws -> [Substring] {
    try String(contentsOfFile: folder + "/results.jsonl", encoding: .utf8).split(separator: "\n")
  }

  /// A file that is opened must not get the number of one of them.
  @Test(arguments: [
    ("", ">&-", 1, "Standard output cannot be written: Bad file descriptor."),
    ("", "<&- >&-", 1, "Standard output cannot be written: Bad file descriptor."),
    ("", ">&- 2>&-", 1, ""), ("-q", "<&- >&- 2>&-", 0, ""), ("", "<&-", 0, "2 pictures explained."),
  ])
  func aRunWithClosedDescriptorsDoesEverything(
    options: String, closing: String, code: Int, sentence: String
  ) async throws {
    try await withTemporaryFolder { folder in
      let pictures = ["3-01", "7-01"].map { "'\(Fixtures.path("digits/\($0).png"))'" }
      let outcome = try await runProgram(
        "/bin/bash",
        [
          "-c",
          "'\(whylight)' explain \(options) --method gradient -o '\(folder)/out' "
            + pictures.joined(separator: " ") + " " + closing,
        ])
      let says = sentence.isEmpty ? outcome.messages == "" : outcome.messages.contains(sentence)
      #expect(outcome.status == code && says, "\(outcome.messages)")
      let lines = try records(folder + "/out")
      #expect(lines.count == 2 && lines.allSatisfy { $0.contains("\"status\": \"ok\"") })
    }
  }

  @Test(arguments: ["--baseline", "--segments"])
  func aPipeIsReadOnceForAPicture(option: String) async throws {
    try await withTemporaryFolder { folder in
      let picture = "'\(Fixtures.path("digits/3-01.png"))'"
      let outcome = try await Script.run(
        """
        explain() { '\(whylight)' explain --method ablation -o '\(folder)/out' --resume "$@"; }
        explain \(option) <(cat \(picture)) \(picture)
        explain \(option) \(picture) \(picture); echo $?
        """)
      #expect(outcome.output.hasSuffix("\n0\n"), "\(outcome)")
      #expect(outcome.messages.contains("1 were done before"), "\(outcome.messages)")
    }
  }

  @Test(arguments: [
    ("<(seq 10)", "3-01.png: 4 "), ("/dev/null", "these are no labels"),
    ("/dev/zero", "these are no labels"),
  ])
  func labelsMayComeFromAPipe(labels: String, expected: String) async throws {
    let outcome = try await runProgram(
      "/bin/bash",
      [
        "-c",
        "'\(whylight)' classify --labels \(labels) '\(Fixtures.path("digits/3-01.png"))' 2>&1",
      ])
    #expect(outcome.output.contains(expected), "\(outcome)")
  }

  @Test(arguments: [4, 5, 7]) func tooFewFilesAreAnError(count: Int) async throws {
    let outcome = try await runProgram(
      "/bin/bash", ["-c", "ulimit -n \(count); exec '\(whylight)' --version"])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("Only \(count) files may be open at once"), "\(outcome)")
  }

  @Test(arguments: ["classify", "segment", "explain", "explain --json"])
  func aListOnClosedInputCannotBeRead(command: String) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await runProgram(
        "/bin/bash", ["-c", "cd '\(folder)'; timeout 60 '\(whylight)' \(command) - <&-"])
      #expect(outcome.status == 1)
      #expect(
        outcome.messages.contains("Standard input cannot be read: Bad file descriptor."),
        "\(outcome.messages)")
      #expect(!outcome.messages.contains("named no pictures"), "\(outcome.messages)")
    }
  }

  @Test(arguments: [
    ("explain", "", 1), ("explain", "--resume", 1), ("explain", "--seed 7", 1),
    ("explain", "--shard 1/2", 1), ("explain", "--json", 0), ("explain", "--json --seed 7", 0),
    ("segment", "", 1),
  ])
  func anEmptyListLeavesEverythingAsItIs(command: String, options: String, code: Int) async throws {
    try await withTemporaryFolder { folder in
      let explain = "'\(whylight)' explain --method gradient -o out"
      let words = command == "explain" ? explain : "'\(whylight)' segment -o out"
      let outcome = try await Script.run(
        """
        cd '\(folder)'; \(explain) -q '\(Fixtures.path("digits"))'/7-*.png
        cp -a out before
        find nowhere -name '*.png' 2>/dev/null | \(words) \(options) -; echo $?
        diff -r before out
        """)
      #expect(outcome.output == "\(code)\n", "\(outcome)")
      let sentence =
        code == 0 ? "No paths came in" : "Standard input named no pictures."
      #expect(outcome.messages.contains(sentence), "\(outcome.messages)")
    }
  }
}
