import Foundation
import TestSupport
import Testing

/// Every command stops soon after it was asked to, ends by the signal and leaves no half file.
@Suite struct InterruptionTests {
  private let whylight = BuiltProgram.path("whylight")

  /// Starts the program with a standard input on which an empty line comes and no more, and sends it
  /// signals when there is a sign that it has come so far.
  private func interrupted(
    _ arguments: [String], in folder: String, by signals: String = "INT", when sign: String
  ) async throws -> Script.Ending {
    let words = ([whylight] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try await Script.ending(
      """
      cd '\(folder)' && mkfifo input && exec 3<>input && rm input && echo >&3
      \(words) <&3 >/dev/null 2>&1 &
      pid=$!; await \(sign); stop $pid \(signals)
      """)
  }

  private func unfinished(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".partial") }
  }

  /// A folder in which a picture has many names.
  private func write(_ picture: String, times count: Int, to folder: String) throws {
    let paths = (0..<count).map { "\(folder)/\($0).png" }
    try writeFile(paths[0], try Fixtures.data("digits/" + picture))
    for path in paths.dropFirst() {
      try FileManager.default.linkItem(atPath: paths[0], toPath: path)
    }
  }

  @Test(
    "A command that waits for paths",
    arguments: [
      ["classify", "-"], ["segment", "-"], ["explain", "--no-report", "-"],
      ["explain", "--json", "-"],
      ["bench", "--model", Fixtures.repository + "/models/digits.onnx", "-"],
    ], ["INT", "TERM", "HUP"])
  func waiting(arguments: [String], signal: String) async throws {
    let milliseconds = try await Script.quickest(below: 1500) {
      try await withTemporaryFolder { folder in
        let ending = try await interrupted(arguments, in: folder, by: signal, when: "taken 3")
        #expect(ending.code == ["INT": 130, "TERM": 143, "HUP": 129][signal])
        return ending.milliseconds
      }
    }
    #expect(milliseconds < 1500)
  }

  @Test(
    "A command at work",
    arguments: [
      [
        "bench", "--model", Fixtures.repository + "/models/digits.onnx", "--seconds", "60", "7.png",
      ],
      ["evaluate", "--data", "synthetic", "--drawn", "200000"],
      ["train", "--data", "synthetic", "--drawn", "200000", "-o", "model.onnx"],
      ["train", "--data", "synthetic", "--drawn", "1000", "--epochs", "9999", "-o", "model.onnx"],
      ["classify", "many"],
      ["segment", "--method", "quickshift", "large.png"],
    ])
  func working(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      try writeFile(folder + "/7.png", try Fixtures.data("digits/7-01.png"))
      if arguments.contains("many") {
        try write("scan-8-01.png", times: 10_000, to: folder + "/many")
      }
      if arguments.contains("large.png") {
        let outcome = try await runProgram(
          whylight, ["convert", "--size", "3000x2000", folder + "/7.png", folder + "/large.png"])
        #expect(outcome.status == 0)
      }
      let milliseconds = try await Script.quickest(below: 1500) {
        let ending = try await interrupted(arguments, in: folder, when: "worked $pid 50")
        #expect(ending.code == 130)
        #expect(try unfinished(in: folder) == [])
        return ending.milliseconds
      }
      #expect(milliseconds < 1500)
    }
  }

  /// A second signal cuts short what is being written. Not compressed, this takes most of the time.
  @Test(
    "What is being written is finished or removed", arguments: [1, 10, 30, 60],
    ["TERM", "TERM TERM"])
  func writing(doneBefore count: Int, signals: String) async throws {
    try await withTemporaryFolder { folder in
      try write("7-01.png", times: 2000, to: folder + "/in")
      let ending = try await interrupted(
        ["convert", "--size", "700x700", "--compression", "0", "in", "out/"], in: folder,
        by: signals, when: "filled out \(count); await writing out")
      #expect(ending.code == 143)
      #expect(try unfinished(in: folder) == [])
    }
  }

  @Test("A run stops inside a picture", arguments: [("TERM", 1000), ("TERM TERM", 500)])
  func insideAPicture(signals: String, bound: Int) async throws {
    let digits = ["3-01", "7-01"].map { "'\(Fixtures.path("digits/\($0).png"))'" }
    let milliseconds = try await Script.quickest(below: bound) {
      try await withTemporaryFolder { folder in
        // A method that would take minutes.
        let ending = try await Script.ending(
          """
          cd '\(folder)'; '\(whylight)' explain --method smoothgrad:samples=900000 -o out \
            \(digits.joined(separator: " ")) &
          pid=$!; await [ -e out/run.json ]; await worked $pid 50; stop $pid \(signals)
          """)
        #expect(ending.code == 143)
        #expect(ending.messages.contains("--resume does the rest"), "\(ending)")
        return ending.milliseconds
      }
    }
    #expect(milliseconds < bound)
  }

  @Test func aRunUnderNohupOutlivesItsTerminal() async throws {
    let ending = try await Script.ending(
      """
      cd '\(Fixtures.repository)'; trap '' HUP
      '\(whylight)' bench --model models/digits.onnx --seconds 2 \
        '\(Fixtures.path("digits/7-01.png"))' >/dev/null 2>&1 &
      pid=$!; await worked $pid 30; stop $pid HUP
      """)
    // Bash would say that there was nobody any more to send the signal to.
    #expect(ending.code == 0 && ending.messages == "", "\(ending)")
  }
}
