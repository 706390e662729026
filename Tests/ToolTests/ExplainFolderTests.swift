import Foundation
import Imaging
import TestSupport
import Testing

/// Runs of `whylight explain` into folders in which something stands already, or is being written.
@Suite struct ExplainFolderTests {
  private let whylight = BuiltProgram.path("whylight")

  /// A folder `in` with some digits, or other names for them.
  private func pictures(
    _ folder: String, _ names: [String] = ["a.png", "b.png", "c.png"]
  ) throws -> String {
    for (number, name) in names.enumerated() {
      try writeFile(folder + "/in/" + name, try Fixtures.data("digits/3-0\(number % 4 + 1).png"))
    }
    return folder + "/in"
  }

  private func explain(
    _ input: String, to output: String, _ options: [String] = []
  ) async throws -> SubprocessOutcome {
    try await runProgram(
      whylight, ["explain", "--method", "gradient", "-o", output] + options + [input])
  }

  private func records(_ folder: String) throws -> [String] {
    try String(contentsOfFile: folder + "/results.jsonl", encoding: .utf8).split(separator: "\n")
      .map(String.init)
  }

  /// How many pictures the page shows.
  private func cards(_ folder: String) throws -> Int {
    try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
      .matches(of: /<article/).count
  }

  @Test func aSecondRunIsRefusedWhileOneWrites() async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder)
      let second = "'\(whylight)' explain --method gradient -o '\(folder)/out'"
      let script = """
        mkfifo '\(folder)/pipe'
        '\(whylight)' explain --json --method gradient -o '\(folder)/out' - < '\(folder)/pipe' &
        exec 9> '\(folder)/pipe'
        echo '\(input)/a.png' >&9
        await [ -e '\(folder)/out/run.json' ]
        \(second) '\(input)'; echo $?
        \(second) --resume '\(input)'; echo $?
        \(second) --shard 1/2 '\(input)'; echo $?
        exec 9>&-
        wait $!; echo $?
        """
      let outcome = try await Script.run(script)
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.filter { $0.count == 1 } == ["1", "1", "1", "0"], "\(outcome.messages)")
      let refusals = outcome.messages.matches(of: /another run is writing to this folder/)
      #expect(refusals.count == 3, "\(outcome.messages)")
      #expect(try records(folder + "/out").count == 1)
    }
  }

  @Test func filtersThatRunSideBySideShareAFolder() async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder, (0..<9).map { "\($0).png" })
      let filter = "'\(whylight)' explain -q --json --method gradient -o '\(folder)/out' -"
      let script = """
        ls -d '\(input)'/* | xargs -P 3 -n 3 sh -c 'printf "%s\\n" "$@" | \(filter)' x; echo $?
        """
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.output.hasSuffix("}\n0\n"), "\(outcome.messages)")
      let printed = outcome.output.split(separator: "\n").dropLast().map(String.init)
      #expect(printed.count == 9)
      #expect(try records(folder + "/out").sorted() == printed.sorted())
      // The last to end knows the records of all.
      #expect(try cards(folder + "/out") == 9)
    }
  }

  /// A scheduler starts one after another, and sometimes none is running.
  @Test func filtersThatRunOneAfterAnotherAddToTheRecords() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      func filter(_ names: String, _ options: String = "--method gradient") async throws {
        let script =
          "cd '\(input)'; printf '%s\\n' \(names) | '\(whylight)' explain --json \(options) "
          + "-o '\(output)' -"
        let outcome = try await runProgram("/bin/bash", ["-c", script])
        #expect(outcome.status == 0, "\(outcome.messages)")
      }
      func paths() throws -> [Substring?] {
        try records(output).map { $0.split(separator: "\"").dropFirst(3).first }
      }
      try await filter("a.png")
      // One that was killed while it wrote a line.
      let file = try FileHandle(forWritingTo: URL(filePath: output + "/results.jsonl"))
      try file.seekToEnd()
      try file.write(contentsOf: Data(#"{"path": "a.png", "stat"#.utf8))
      try file.close()
      try await filter("b.png a.png")
      try await filter("c.png")
      #expect(try paths() == ["a.png", "b.png", "a.png", "c.png"])
      // The page shows each once, with its last record.
      #expect(try cards(output) == 3)

      try await filter("c.png", "--method edges")
      #expect(try paths() == ["c.png"])
    }
  }

  /// Whichever filter gets which, and however many are running.
  @Test func filtersDoNotWriteOverEachOthersMaps() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder, ["x.png"]), folder + "/out")
      let other = try ImageFile.read(Fixtures.path("digits/7-01.png")).image
      try writeFile(input + "/x.jpg", try ImageEncoder.jpeg(other, JPEGOptions(quality: 90)))
      let script = """
        cd '\(input)'; for name in x.png x.jpg; do
          echo $name | '\(whylight)' explain --json --method gradient -o '\(output)' -
        done
        """
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.status == 0, "\(outcome.messages)")
      for name in ["x.png", "x.jpg"] {
        let path = "\(output)/\(name).gradient.png"
        #expect(FileManager.default.fileExists(atPath: path), "\(name)")
      }
      #expect(try cards(output) == 2)
    }
  }

  @Test func aFilterSparesThePicturesInItsFolder() async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder, ["a.png", "a.gradient.png", "b.png"])
      let before = try Data(contentsOf: URL(filePath: input + "/a.gradient.png"))
      let script =
        "cd '\(input)'; printf 'a.png\\nb.png\\n' | '\(whylight)' explain --json --method gradient -o . -"
      for _ in 0..<2 {
        let outcome = try await runProgram("/bin/bash", ["-c", script])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("a.png: ./a.gradient.png would be written over"))
        #expect(try Data(contentsOf: URL(filePath: input + "/a.gradient.png")) == before)
        #expect(FileManager.default.fileExists(atPath: input + "/b.gradient.png"))
      }
    }
  }

  @Test func aFilterTakesOverWhatShardsLeft() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      for shard in ["1/2", "2/2"] { _ = try await explain(input, to: output, ["--shard", shard]) }
      let script =
        "echo '\(input)/a.png' | '\(whylight)' explain --json --method gradient -o '\(output)' -"
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(try records(output).count == 4)
      let names = try FileManager.default.contentsOfDirectory(atPath: output)
      #expect(names.filter { $0.hasSuffix(".jsonl") } == ["results.jsonl"])
    }
  }

  @Test(arguments: [
    (["--shard", "1/2"], ["--shard", "1/3"], "in 2 shards"),
    (["--shard", "1/2"], ["--shard", "1/3", "--resume"], "in 2 shards"),
    ([], ["--shard", "1/2", "--resume"], "not in shards"),
  ])
  func aShardDoesNotReplaceWhatItIsNoPartOf(
    first: [String], second: [String], reason: String
  ) async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      _ = try await explain(input, to: output, first)
      let before = try FileManager.default.subpathsOfDirectory(atPath: output).sorted()
      let outcome = try await explain(input, to: output, second)
      #expect(outcome.status == 1 && outcome.messages.contains(reason), "\(outcome.messages)")
      #expect(try FileManager.default.subpathsOfDirectory(atPath: output).sorted() == before)
    }
  }

  @Test(arguments: [
    "a.png a.gradient.png", "--baseline a.gradient.png a.png", "--segments a.gradient.png a.png",
  ])
  func whatIsToBeReadIsNotWrittenOver(operands: String) async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder, ["a.png", "a.gradient.png"])
      let before = try Data(contentsOf: URL(filePath: input + "/a.gradient.png"))
      let script = "cd '\(input)'; '\(whylight)' explain --method gradient -o . \(operands)"
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.status == 64 && outcome.messages.contains("a.gradient.png would be written"))
      #expect(try Data(contentsOf: URL(filePath: input + "/a.gradient.png")) == before)
    }
  }

  @Test(
    arguments: [
      ("run.json", "{}"), ("run.json", #"[["colour", "red"]]"#),
      ("results.jsonl", #"{"path": "a.png", "label": 3}"# + "\n"),
      ("results.jsonl", #"{"path": "a.png", "label": 3}"#), ("results-1-of-2.jsonl", "a\nb\n"),
      ("report.html", "<!DOCTYPE html><title>Mine</title>"),
    ], [[], ["--resume"], ["--no-report"]])
  func aFileThatNoRunMadeIsNotWrittenOver(
    _ file: (name: String, text: String), _ options: [String]
  ) async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      try writeFile(output + "/" + file.name, file.text.utf8)
      let outcome = try await explain(input, to: output, options)
      #expect(outcome.status == 1)
      #expect(
        outcome.messages.contains("\(output)/\(file.name): Whylight did not make this file"))
      #expect(try FileManager.default.subpathsOfDirectory(atPath: output) == [file.name])
      #expect(try String(contentsOfFile: output + "/" + file.name, encoding: .utf8) == file.text)
    }
  }

  @Test func aFolderThatNoRunMadeIsNotRemoved() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      try writeFile(output + "/report-files/mine.txt", "mine".utf8)
      for options in [[], ["--resume", "--no-report"]] {
        let outcome = try await explain(input, to: output, options)
        #expect(outcome.status == 1)
        #expect(outcome.messages.contains("\(output)/report-files: Whylight did not make"))
      }
      #expect(FileManager.default.fileExists(atPath: output + "/report-files/mine.txt"))
    }
  }

  /// As a run that was killed while it removed them may have left them.
  @Test func whatIsLeftOfThePagesFilesIsRemoved() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      _ = try await explain(input, to: output)
      let files = output + "/report-files"
      for name in try FileManager.default.contentsOfDirectory(atPath: files).prefix(3)
      where !name.hasPrefix(".") {
        try FileManager.default.removeItem(atPath: files + "/" + name)
      }
      #expect(try await explain(input, to: output, ["--resume", "--no-report"]).status == 0)
      #expect(!FileManager.default.fileExists(atPath: files))
    }
  }

  /// Which of them begins first is left to chance; the other one hears of it.
  @Test func shardsOfOtherSettingsAreNotMixed() async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder)
      for round in 0..<12 {
        let script = """
          run() { '\(whylight)' explain --method gradient -o '\(folder)/\(round)' "$@" '\(input)'; }
          run --seed 1 --shard 1/2 >/dev/null & one=$!
          run --seed 2 --shard 2/2 >/dev/null; other=$?
          wait $one; echo "$? $other"
          """
        let outcome = try await runProgram("/bin/bash", ["-c", script])
        #expect(["0 1\n", "1 0\n"].contains(outcome.output), "\(outcome.messages)")
        #expect(outcome.messages.contains("another setting. seed"))
      }
    }
  }

  /// A page is made of one run's records, however long it takes and whatever begins meanwhile.
  @Test func aRunThatBeginsWhileAPageIsMadeHasTheLastWord() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      for shard in ["1/2", "2/2"] { _ = try await explain(input, to: output, ["--shard", shard]) }
      // Enough lines that the page takes a while.
      for shard in 1...2 {
        let path = output + "/results-\(shard)-of-2.jsonl"
        let line = try String(contentsOfFile: path, encoding: .utf8)
          .split(separator: "\n").first.map(String.init)
        guard let line else { continue }
        let lines = (0..<4000).map {
          line.replacing("{\"path\": \"", with: "{\"path\": \"\($0)-\(shard)", maxReplacements: 1)
            + "\n"
        }
        try writeFile(path, lines.joined().utf8)
      }
      let script = """
        '\(whylight)' report '\(output)' >/dev/null 2>&1 & page=$!
        sleep 0.05
        '\(whylight)' explain --method edges -o '\(output)' '\(input)'; echo $?
        wait $page
        """
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.output.hasSuffix("\n0\n"), "\(outcome.output) \(outcome.messages)")
      #expect(try records(output).count == 3)
      #expect(try cards(output) == 3)
    }
  }

  /// Also a part of a character.
  @Test(arguments: [
    [], Array(#"{"pa"#.utf8), Array(#"{"path": "a.png", "stat"#.utf8),
    Array(#"{"path": ""#.utf8) + [0xC3],
  ])
  func whatAKilledRunLeftIsWrittenOver(_ text: [UInt8]) async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      try writeFile(output + "/results.jsonl", text)
      let outcome = try await explain(input, to: output)
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(try records(output).count == 3)
    }
  }

  @Test func resultsAmongThePicturesAreNotExplained() async throws {
    try await withTemporaryFolder { folder in
      let input = try pictures(folder)
      for options in [[], ["--resume"], []] {
        let outcome = try await explain(input, to: input, options)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try records(input).count == 3)
      }
    }
  }

  @Test func nothingIsMadeForPicturesThatAreNotThere() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await explain(folder + "/none", to: folder + "/out")
      #expect(outcome.status == 1)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test func aScaleThatAllPicturesShareIsNotMixedWithAnother() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      let options = ["--scale", "run", "--resume"]
      _ = try await explain(input + "/a.png", to: output, options)
      #expect(try await explain(input + "/a.png", to: output, options).status == 0)
      let outcome = try await explain(input, to: output, options)
      #expect(outcome.status == 1 && outcome.messages.contains("scale of the run"))
    }
  }

  @Test func resumingExplainsPicturesThatChanged() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      _ = try await explain(input, to: output)
      try await Task.sleep(for: .milliseconds(20))
      try writeFile(input + "/b.png", try Fixtures.data("digits/7-01.png"))
      let outcome = try await explain(input, to: output, ["--resume"])
      #expect(outcome.messages.contains("1 picture explained, 2 were done before"))
      #expect(try records(output)[1].contains(#""predictions": [{"index": 7"#))
    }
  }

  @Test func recordsOfOtherPicturesAreLeftOutWithAWord() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      _ = try await explain(input, to: output)
      let outcome = try await explain(input + "/b.png", to: output, ["--resume"])
      #expect(outcome.messages.contains("records of 2 pictures that are not among these"))
      #expect(try records(output).count == 1)
    }
  }

  @Test func aPageOfAnEarlierRunDoesNotStay() async throws {
    try await withTemporaryFolder { folder in
      let (input, output) = (try pictures(folder), folder + "/out")
      _ = try await explain(input, to: output)
      #expect(FileManager.default.fileExists(atPath: output + "/report.html"))
      _ = try await explain(input, to: output, ["--no-report"])
      #expect(!FileManager.default.fileExists(atPath: output + "/report.html"))
    }
  }
}
