import Foundation
import Imaging
import TestSupport
import Testing

/// Runs of `whylight explain` over many pictures: interrupted, killed, resumed, parted, driven by a
/// pipe.
@Suite struct ExplainRunTests {
  private let whylight = BuiltProgram.path("whylight")
  private let methods = ["--method", "integrated-gradients", "--method", "gradient"]

  private func input(_ folder: String, count: Int = 20) throws -> String {
    let names = try Fixtures.names(in: "digits").filter { !$0.hasPrefix("scan") }
    for number in 0..<count {
      let name = names[number % names.count]
      try writeFile(folder + "/in/\(number)-\(name)", try Fixtures.data("digits/" + name))
    }
    try writeFile(folder + "/in/bad.png", Array("no picture".utf8))
    return folder + "/in"
  }

  /// Every file of an output folder; timings are left out of the records.
  private func content(of folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      guard
        try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
          == .typeRegular
      else { continue }
      let data = try Data(contentsOf: URL(filePath: path))
      if name.hasSuffix(".jsonl") {
        let text = String(decoding: data, as: UTF8.self)
          .replacing(/"seconds": [-+.e0-9]+/, with: "\"seconds\": 0")
        files[name] = Data(text.utf8)
      } else {
        files[name] = data
      }
    }
    return files
  }

  private func run(_ arguments: [String], output: String) async throws -> SubprocessOutcome {
    try await runProgram(whylight, ["explain", "-o", output] + methods + arguments)
  }

  @Test(.timeLimit(.minutes(10))) func killedFiftyTimesAndResumedIsLikeUninterrupted() async throws
  {
    try await withTemporaryFolder { folder in
      let input = try input(folder)
      func words(_ output: String) -> [String] {
        [whylight, "explain", "--resume", "-o", output] + methods + [input]
      }
      func seconds(_ output: String) async throws -> Double {
        let program = words(output).map { "'\($0)'" }.joined(separator: " ")
        let ending = try await Script.ending("\(program) >/dev/null 2>&1 & stop $!")
        #expect(ending.code == 2)
        return Double(ending.milliseconds) / 1000
      }
      var whole = try await seconds(folder + "/whole")
      let expected = try content(of: folder + "/whole")
      var (rounds, kills, killsAmidRecords) = (0, 0, 0)
      while kills < 50 {
        rounds += 1
        try #require(rounds < 1000, "\(kills) kills, \(whole) seconds")
        // The machine may have more or less other work than before.
        if rounds.isMultiple(of: 10) { whole = try await seconds("\(folder)/whole-\(rounds)") }
        // Multiples of the golden section fall everywhere between 0 and 1.
        let delay = 1.2 * whole * (Double(rounds) * 0.618_034).truncatingRemainder(dividingBy: 1)
        let outcome = try await runProgram(
          "/usr/bin/timeout",
          ["--foreground", "--preserve-status", "-s", "KILL", "\(delay)"] + words(folder + "/out"))
        if outcome.status == 137 {
          kills += 1
          let records = try? Data(contentsOf: URL(filePath: folder + "/out/results.jsonl"))
          if records?.isEmpty == false { killsAmidRecords += 1 }
          continue
        }
        // It came to its end before it could be killed.
        #expect(outcome.status == 2)
        #expect(try content(of: folder + "/out") == expected)
        try FileManager.default.removeItem(atPath: folder + "/out")
      }
      #expect(killsAmidRecords > 0)
      let last = try await run(["--resume", input], output: folder + "/out")
      #expect(last.status == 2, "\(last.messages)")
      #expect(try content(of: folder + "/out") == expected)
    }
  }

  @Test func resumingDoesWhatIsMissingAndNothingElse() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 4)
      let output = folder + "/out"
      _ = try await run([input], output: output)
      let expected = try content(of: output)
      let lost = try #require(expected.keys.sorted().first { $0.hasSuffix(".gradient.png") })
      try FileManager.default.removeItem(atPath: output + "/" + lost)
      let outcome = try await run(["--resume", input], output: output)
      #expect(outcome.messages.contains("1 picture explained, 3 were done before, 1 failed."))
      #expect(try content(of: output) == expected)
    }
  }

  @Test(arguments: [
    (["--seed", "2"], "another setting. seed: '1' then, '2' now"),
    (["--target", "4"], "another setting. target"),
    (["--method", "edges"], "another setting. methods"),
    (["--model", Fixtures.path("reference/models/plain-17.onnx")], "another setting. model"),
  ])
  func resumingWithOtherSettingsIsRefused(options: [String], reason: String) async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 2)
      _ = try await run([input], output: folder + "/out")
      let before = try content(of: folder + "/out")
      let outcome = try await run(options + ["--resume", input], output: folder + "/out")
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains(reason), "\(outcome.messages)")
      #expect(try content(of: folder + "/out") == before)
    }
  }

  /// With a method whose settings are counts, numbers and words.
  @Test(arguments: [([], ["--no-report"]), (["--no-report"], [])])
  func aPageIsLeftOutOrMadeWhenTheRunGoesOn(first: [String], second: [String]) async throws {
    let method = ["--method", "lime:samples=20"]
    let (first, second) = (first + method, second + method)
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 4)
      _ = try await run(second + [input], output: folder + "/whole")
      _ = try await run(first + [input], output: folder + "/out")
      for _ in 0..<2 {
        let outcome = try await run(second + ["--resume", input], output: folder + "/out")
        #expect(outcome.status == 2, "\(outcome.messages)")
        #expect(try content(of: folder + "/out") == content(of: folder + "/whole"))
      }
    }
  }

  @Test func shardsAgreeOnAPage() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 2)
      _ = try await run(["--shard", "1/2", input], output: folder + "/out")
      for options in [["--shard", "2/2"], ["--shard", "1/2", "--resume"]] {
        let outcome = try await run(options + ["--no-report", input], output: folder + "/out")
        #expect(outcome.status == 1 && outcome.messages.contains("page: 'yes' then, 'no' now"))
      }
    }
  }

  @Test func shardsTogetherMakeTheSameFiles() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder)
      _ = try await run([input], output: folder + "/whole")
      for number in 1...3 {
        _ = try await run(["--shard", "\(number)/3", input], output: folder + "/parts")
      }
      let outcome = try await runProgram(whylight, ["report", folder + "/parts"])
      #expect(outcome.output.contains("results.jsonl: 21 pictures of 3 shards\n"))
      var parts = try content(of: folder + "/parts")
      for number in 1...3 {
        #expect(parts.removeValue(forKey: "results-\(number)-of-3.jsonl")?.isEmpty == false)
      }
      #expect(try content(of: folder + "/whole") == parts)
    }
  }

  @Test func shardsMayBeginAtTheSameTime() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder)
      _ = try await run([input], output: folder + "/whole")
      let expected = try content(of: folder + "/whole").keys.count { $0.hasSuffix(".png") }
      for round in 0..<6 {
        let script = """
          for k in 1 2 3 4 5 6 7 8; do
            '\(whylight)' explain -o '\(folder)/\(round)' \(methods.joined(separator: " ")) \
              --shard $k/8 '\(input)' >/dev/null & all="$all $!"
          done
          for p in $all; do wait $p; echo $?; done
          """
        let outcome = try await runProgram("/bin/bash", ["-c", script])
        let codes = outcome.output.split(separator: "\n")
        // One of them has the broken file.
        #expect(codes.sorted() == Array(repeating: "0", count: 7) + ["2"], "\(outcome.messages)")
        let found = try content(of: folder + "/\(round)")
        #expect(found.keys.count { $0.hasSuffix(".png") } == expected)
        #expect(found.keys.count { $0.hasSuffix(".jsonl") } == 8)
        #expect(!found.keys.contains { $0.hasSuffix(".partial") })
      }
    }
  }

  @Test func aPathThatComesAgainIsAnsweredAgain() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 1) + "/0-0-01.png"
      let script =
        "yes '\(input)' | head -n 400 | '\(whylight)' explain --json --method gradient "
        + "--threads 2 -o '\(folder)/out' -"
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.status == 0, "\(outcome.messages)")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 400 && lines.allSatisfy { $0.contains("\"status\": \"ok\"") })
    }
  }

  @Test func aWholeRunGoesOnWithWhatShardsDid() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder)
      _ = try await run([input], output: folder + "/whole")
      let expected = try content(of: folder + "/whole")
      for shard in ["1/3", "2/3"] {
        _ = try await run(["--shard", shard, input], output: folder + "/out")
      }
      let outcome = try await run(["--resume", input], output: folder + "/out")
      #expect(outcome.messages.contains("were done before"), "\(outcome.messages)")
      #expect(try content(of: folder + "/out") == expected)
    }
  }

  @Test(arguments: [("--baseline", "lime"), ("--segments", "ablation")])
  func aFileThatSettingsNameMayNotHaveChanged(option: String, method: String) async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 2)
      let file = folder + "/given.png"
      let options = [option, file, "--method", method, "--resume", input]
      func picture(_ levels: [UInt8]) throws -> [UInt8] {
        try ImageEncoder.png(
          Image(width: 2, height: 1, layout: .grey, samples: .eight(levels)))
      }
      try writeFile(file, try picture([0, 9]))
      for _ in 0..<2 {
        let outcome = try await run(options, output: folder + "/out")
        #expect(outcome.status == 2, "\(outcome.messages)")
      }
      // Another name is no other picture.
      try writeFile(folder + "/moved.png", try picture([0, 9]))
      let moved = options.map { $0 == file ? folder + "/moved.png" : $0 }
      #expect(try await run(moved, output: folder + "/out").status == 2)
      try writeFile(file, try picture([9, 9]))
      let outcome = try await run(options, output: folder + "/out")
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("another setting. \(option.dropFirst(2)) sha256"))
    }
  }

  @Test func picturesOfNamesLikeLayersKeepTheirPlaceOnThePage() async throws {
    try await withTemporaryFolder { folder in
      for (name, digit) in [("a", "3-01"), ("a.0", "7-01"), ("a.0.0", "5-02")] {
        try writeFile(folder + "/in/\(name).png", try Fixtures.data("digits/\(digit).png"))
      }
      _ = try await run([folder + "/in"], output: folder + "/out")
      let assets = folder + "/out/report-files"
      let names = try FileManager.default.subpathsOfDirectory(atPath: assets)
      // The picture, two layers and the numbers of each.
      #expect(names.count { $0.hasSuffix(".png") || $0.hasSuffix(".js") } == 12)
    }
  }

  /// Large pictures take turns, with a budget of memory.
  @Test func largePicturesAreExplainedTogetherAsAlone() async throws {
    try await withTemporaryFolder { folder in
      let digit = try ImageFile.read(Fixtures.path("digits/7-01.png")).image
      for number in 0..<5 {
        let photo = digit.resized(width: 3000 + number, height: 2800, method: .nearest)
        try writeFile(
          folder + "/in/\(number).jpg", try ImageEncoder.jpeg(photo, JPEGOptions(quality: 50)))
      }
      func explain(_ output: String, _ input: String) async throws {
        let outcome = try await run(
          ["--fit", "stretch", "--no-report", "--threads", "2", folder + "/in" + input],
          output: folder + output)
        #expect(outcome.status == 0, "\(outcome.messages)")
      }
      try await explain("/together", "")
      for number in 0..<5 { try await explain("/alone", "/\(number).jpg") }
      let isPicture = { (name: String) in name.hasSuffix(".png") }
      let together = try content(of: folder + "/together").filter { isPicture($0.key) }
      let alone = try content(of: folder + "/alone").filter { isPicture($0.key) }
      #expect(together.count == 10)
      #expect(together == alone)
    }
  }

  @Test func aPipeGetsALineForEachPathAsSoonAsItIsDone() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 2)
      // The second path is only sent when the first one has been answered.
      let script = """
        coproc W { '\(whylight)' explain --json --method gradient -o '\(folder)/out' -; }
        pid=$W_PID
        for name in 0-0-01.png bad.png none.png 1-0-02.png; do
          echo "\(input)/$name" >&${W[1]}
          read -r line <&${W[0]}
          echo "$line"
        done
        exec {W[1]}>&-
        wait $pid; echo "end $?"
        """
      let outcome = try await Script.run(script)
      let lines = outcome.output.split(separator: "\n")
      try #require(lines.count == 5, "\(outcome.output) \(outcome.messages)")
      let paths = ["0-0-01.png", "bad.png", "none.png", "1-0-02.png"]
      for (line, name) in zip(lines, paths) {
        #expect(line.hasPrefix("{\"path\": \"\(input)/\(name)\", \"status\": \""))
      }
      #expect(lines.map { $0.contains("\"status\": \"ok\"") } == [true, false, false, true, false])
      #expect(lines[4] == "end 2")
    }
  }

  @Test func aListOnStandardInputAndPatternsAreTakenOnce() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 12)
      let script =
        "printf '%s\\n' '\(input)/1-0-02.png' '\(input)/10-*.png' '\(input)/./1-0-02.png' | "
        + "'\(whylight)' explain --method gradient -o '\(folder)/out' -"
      let outcome = try await runProgram("/bin/bash", ["-c", script])
      #expect(outcome.messages.hasPrefix("2 pictures explained."), "\(outcome.messages)")
    }
  }

  @Test func theOutputFolderIsNotExplainedAgain() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 2)
      for _ in 0..<2 {
        let outcome = try await run([input], output: input + "/maps")
        #expect(outcome.messages.contains("2 pictures explained, 1 failed."))
      }
    }
  }

  /// They could stand side by side in the network, but that would take as long.
  @Test(arguments: ["'in'", "--json - < list"])
  func picturesThatTakeLongAreAnsweredOneByOne(_ input: String) async throws {
    try await withTemporaryFolder { folder in
      _ = try self.input(folder)
      let ending = try await Script.ending(
        """
        cd '\(folder)'; ls -d in/*.png > list
        '\(whylight)' explain --threads 1 --method smoothgrad:samples=4000 \(input) >/dev/null &
        await test -s whylight-out/results.jsonl
        stop $! TERM
        """)
      #expect(ending.code == 143)
      let records = try String(
        contentsOfFile: folder + "/whylight-out/results.jsonl", encoding: .utf8)
      #expect(1...3 ~= records.split(separator: "\n").count)
    }
  }

  @Test func oneScaleHoldsForARun() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 6)
      _ = try await run(["--scale", "run", input], output: folder + "/out")
      let text = try String(contentsOfFile: folder + "/out/results.jsonl", encoding: .utf8)
      let scales = text.matches(of: /"scale": ([-+.e0-9]+)/).map { String($0.output.1) }
      // Two methods, each with its own.
      #expect(scales.count == 12 && Set(scales).count == 2)
    }
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() async throws {
    try await withTemporaryFolder { folder in
      let input = try input(folder, count: 1)
      let outcome = try await run([input], output: input + "/bad.png/out")
      #expect(outcome.status == 1 && outcome.messages.contains("bad.png/out"))
    }
  }
}
