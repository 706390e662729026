import FoundationEssentials
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("The bundled model")
struct BundledModelTests {
  @Test("is looked for beside an installed program and in the tree it was built in")
  func candidates() {
    let installed = BundledModel.candidates(for: "/usr/local/bin/whylight")
    #expect(installed.first == "/usr/local/share/whylight/models/digits.onnx")
    let built = BundledModel.candidates(for: "/home/u/why/.build/x86/release/whylight")
    #expect(built.contains("/home/u/why/models/digits.onnx"))
  }

  private struct Line: Decodable {
    let path: String
    let predictions: [Prediction]

    struct Prediction: Decodable {
      let label: String
      let probability: Double
    }
  }

  @Test("recognises the drawn digits, small ones and scans in all orientations")
  func classifies() async throws {
    let outcome = await run(["classify", "--json", Fixtures.path("digits")])
    #expect(outcome.exitCode == .done)
    let lines = try outcome.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.count == 60)
    let right = lines.filter { line in
      let name = line.path.split(separator: "/").last ?? ""
      let label = name.drop { !$0.isNumber }.prefix(1)
      return line.predictions.first?.label == String(label)
    }
    #expect(Double(right.count) >= 0.98 * Double(lines.count))
  }

  @Test("a list of pictures and labels is measured with it")
  func evaluates() async throws {
    let outcome = await run(["evaluate", "--data", Fixtures.path("digits.csv")])
    #expect(outcome.exitCode == .done)
    #expect(outcome.output.hasPrefix("accuracy "))
  }

  @Test("a picture that is none is reported, the others are answered")
  func continues() async throws {
    let outcome = await run([
      "classify", Fixtures.path("damaged/empty.png"), Fixtures.path("digits/3-01.png"),
    ])
    #expect(outcome.exitCode == .someFailed)
    #expect(outcome.output.hasPrefix("\(Fixtures.path("digits/3-01.png")): 3 "))
    #expect(outcome.messages.contains("empty.png"))
  }
}
