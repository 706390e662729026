import Foundation
import TestSupport
import Testing

/// Every command stops soon after it was asked to, ends by the signal and leaves no half file.
@Suite struct InterruptionTests {
  private let whylight = BuiltProgram.path("whylight")

  /// Starts the program with a standard input on which nothing comes, sends a signal after `delay`
  /// seconds, and prints how it ended and after how many milliseconds.
  private func interrupted(
    _ arguments: [String], in folder: String, by signal: String = "INT", after delay: Double = 0.5
  ) async throws -> (status: Int, milliseconds: Int) {
    let words = ([whylight] + arguments).map { "'\($0)'" }.joined(separator: " ")
    let outcome = try await runProgram(
      "/usr/bin/timeout",
      [
        "20", "/bin/bash", "-c",
        """
        cd '\(folder)' && mkfifo input && exec 3<>input
        \(words) <&3 >/dev/null 2>&1 &
        sleep \(delay); start=$(date +%s%N); kill -\(signal) $!; wait $!; status=$?
        echo "$status $(( ($(date +%s%N) - start) / 1000000 ))"
        """,
      ])
    let numbers = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(numbers.count == 2, "\(outcome)")
    return (numbers[0], numbers[1])
  }

  private func unfinished(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".partial") }
  }

  @Test(
    "A command that waits for paths",
    arguments: [
      ["classify", "-"], ["segment", "-"], ["explain", "--no-report", "-"],
      ["explain", "--json", "-"],
      ["bench", "--model", Fixtures.repository + "/models/digits.onnx", "-"],
    ], ["INT", "TERM", "HUP"])
  func waiting(arguments: [String], signal: String) async throws {
    try await withTemporaryFolder { folder in
      let (status, milliseconds) = try await interrupted(arguments, in: folder, by: signal)
      #expect(status == ["INT": 130, "TERM": 143, "HUP": 129][signal])
      #expect(milliseconds < 1500)
    }
  }

  @Test(
    "A command at work",
    arguments: [
      [
        "bench", "--model", Fixtures.repository + "/models/digits.onnx", "--seconds", "60", "7.png",
      ],
      ["evaluate", "--data", "synthetic", "--drawn", "200000"],
      ["train", "--data", "synthetic", "--drawn", "200000", "-o", "model.onnx"],
      ["classify", "many"],
      ["segment", "--method", "quickshift", "large.png"],
    ])
  func working(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let digit = Array(try Fixtures.data("digits/7-01.png"))
      try writeFile(folder + "/7.png", digit)
      if arguments.contains("many") {
        for number in 0..<20_000 { try writeFile(folder + "/many/\(number).png", digit) }
      }
      if arguments.contains("large.png") {
        let outcome = try await runProgram(
          whylight, ["convert", "--size", "3000x2000", folder + "/7.png", folder + "/large.png"])
        #expect(outcome.status == 0)
      }
      let (status, milliseconds) = try await interrupted(arguments, in: folder)
      #expect(status == 130)
      #expect(milliseconds < 1500)
      #expect(try unfinished(in: folder) == [])
    }
  }

  @Test("What is being written is removed", arguments: [0.1, 0.2, 0.3, 0.4])
  func writing(delay: Double) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/in", withIntermediateDirectories: true)
      for number in 0..<200 {
        try writeFile(folder + "/in/\(number).png", Array(try Fixtures.data("digits/7-01.png")))
      }
      let convert = ["convert", "--size", "300x300", "in", "out/"]
      let (status, _) = try await interrupted(convert, in: folder, by: "TERM", after: delay)
      #expect([0, 143].contains(status))
      #expect(try unfinished(in: folder) == [])
    }
  }

  @Test func aSecondSignalEndsWhatWouldFinish() async throws {
    try await withTemporaryFolder { folder in
      let digit = Fixtures.path("digits/7-01.png")
      let outcome = try await runProgram(
        "/bin/bash",
        [
          "-c",
          """
          '\(whylight)' explain --method smoothgrad:samples=900000 -o '\(folder)/out' '\(digit)' &
          sleep 0.7; start=$(date +%s%N); kill -TERM $!; sleep 0.05; kill -TERM $!; wait $!
          status=$?; echo "$status $(( ($(date +%s%N) - start) / 1000000 ))"
          """,
        ])
      let numbers = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      #expect(numbers.first == 143 && numbers.last! < 500, "\(outcome.output)")
    }
  }

  @Test func aRunUnderNohupOutlivesItsTerminal() async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await runProgram(
        "/bin/bash",
        [
          "-c",
          """
          cd '\(Fixtures.repository)'; trap '' HUP
          '\(whylight)' bench --model models/digits.onnx --seconds 1 '\(Fixtures.path("digits/7-01.png"))' >/dev/null 2>&1 &
          sleep 0.4; kill -HUP $!; wait $!; echo $?
          """,
        ])
      #expect(outcome.output == "0\n")
    }
  }
}
