import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

/// What `--json` and `--quiet` promise together, and what names of files can do.
@Suite struct QuietTests {
  private static let digit = Fixtures.path("digits/7-01.png")
  private static let model = Fixtures.repository + "/models/digits.onnx"

  @Test(
    "JSON that was asked for is printed however quiet the rest is",
    arguments: [
      ["classify", digit], ["inspect", model], ["evaluate", "--drawn", "40"],
      ["bench", "--model", model, "--seconds", "0.01", digit],
      ["segment", digit], ["train", "--drawn", "40", "--epochs", "1"],
    ])
  func quietJSON(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let output =
        switch arguments[0] {
        case "segment": ["-o", folder + "/out"]
        case "train": ["-o", folder + "/m.onnx"]
        default: [String]()
        }
      let outcome = await run(arguments + output + ["--json", "-q"])
      #expect(outcome.exitCode == .done && outcome.messages == "")
      let lines = outcome.output.split(separator: "\n")
      #expect(!lines.isEmpty)
      for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      #expect(await run(arguments + output + ["-q"]).output == "")
    }
  }

  @Test func namesWithControlCharactersAreValidJSON() async throws {
    try await withTemporaryFolder { folder in
      let name = "a\u{85}\u{1B}[31m\u{7F}\"b.png"
      try writeFile(folder + "/" + name, Array(try Fixtures.data("digits/7-01.png")))
      try writeFile(folder + "/bad\u{9B}.png", Array("no picture".utf8))
      struct Line: Decodable {
        let path: String
        let status: String
      }
      let outcome = await run(["classify", "--json", folder])
      let lines = try outcome.output.split(separator: "\n").map {
        try JSONDecoder().decode(Line.self, from: Data($0.utf8))
      }
      #expect(lines.map(\.path) == [folder + "/" + name, folder + "/bad\u{9B}.png"])
      #expect(lines.map(\.status) == ["ok", "failed"])
    }
  }

  @Test func namesDoNotSteerTheTerminalWhileItCounts() async throws {
    try await withTemporaryFolder { folder in
      for number in 0..<3 {
        let name = "\(number)\u{1B}]0;title\u{7}.png"
        try writeFile(folder + "/in/" + name, Array(try Fixtures.data("digits/7-01.png")))
      }
      let outcome = await run(
        ["convert", folder + "/in", folder + "/out/"], terminalColumns: 400)
      #expect(outcome.messages.contains("1 of 3") && outcome.messages.contains("\\u{1B}]0;title"))
      #expect(!outcome.messages.contains("\u{1B}]") && !outcome.messages.contains("\u{7}"))
    }
  }

  @Test(
    "Every command refuses kernels that the machine has not",
    arguments: [
      ["classify", digit], ["evaluate", "--drawn", "40"], ["train", "--drawn", "40"],
      ["bench", "--model", model, digit], ["explain", digit], ["inspect", model],
    ])
  func kernels(arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let output = ["train", "explain"].contains(arguments[0]) ? ["-o", folder + "/out"] : []
      let outcome = await run(
        arguments + output, environment: ["WHYLIGHT_KERNELS": "abacus"])
      #expect(outcome.exitCode == .wrongUsage)
      #expect(outcome.messages.contains("WHYLIGHT_KERNELS is 'abacus', but this machine has "))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test func plainKernelsAnswerAlmostTheSame() async throws {
    struct Line: Decodable {
      struct Prediction: Decodable { let logit: Double }
      let predictions: [Prediction]
    }
    var logits: [[Double]] = []
    for kernels in ["", "plain"] {
      let outcome = await run(
        ["classify", "--json", "--top", "10", Self.digit],
        environment: ["WHYLIGHT_KERNELS": kernels])
      let line = try JSONDecoder().decode(Line.self, from: Data(outcome.output.utf8))
      logits.append(line.predictions.map(\.logit))
    }
    #expect(logits[0].count == 10 && logits[1].count == 10)
    for (own, plain) in zip(logits[0], logits[1]) { #expect(abs(own - plain) < 1e-4) }
  }

  @Test(
    "A word for a shell",
    arguments: [
      ("model.onnx", "model.onnx"), ("my model.onnx", "'my model.onnx'"),
      ("it's.onnx", "'it'\\''s.onnx'"), ("$HOME", "'$HOME'"), ("", "''"), ("-o", "'-o'"),
    ])
  func shellWord(text: String, expected: String) {
    #expect(text.shellWord == expected)
  }
}
