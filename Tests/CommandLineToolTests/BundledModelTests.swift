import FoundationEssentials
import Imaging
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("The bundled model")
struct BundledModelTests {
  @Test("is the file of the source tree, inside the program")
  func bytes() throws {
    #expect(
      unsafe [UInt8](BundledModel.bytes) == [UInt8](try Fixtures.data("../models/digits.onnx")))
  }

  private struct Line: Decodable {
    let path: String
    let predictions: [Prediction]
    let isUnlike: Bool
    let distance: Double

    enum CodingKeys: String, CodingKey {
      case path, predictions
      case isUnlike = "unlike_training"
      case distance = "distance_to_training"
    }

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
    #expect(lines.count { $0.isUnlike } <= 2)
  }

  @Test("noise, blank paper and stripes are marked as unlike the training data")
  func marksWhatIsNoDigit() async throws {
    var state: UInt64 = 1
    func noise() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    let side = 40
    let pictures: [String: [UInt8]] = [
      "noise": (0..<side * side).map { _ in noise() },
      "dots": (0..<side * side).map { _ in noise() < 30 ? 255 : 0 },
      "blank": Array(repeating: 240, count: side * side),
      "stripes": (0..<side * side).map { $0 % 8 < 4 ? 250 : 5 },
    ]
    try await withTemporaryFolder { folder async throws in
      for (name, samples) in pictures {
        let image = Image(width: side, height: side, layout: .grey, samples: .eight(samples))
        try writeFile("\(folder)/\(name).png", try ImageEncoder.png(image))
      }
      let outcome = await run(["classify", "--json", folder])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == pictures.count)
      for text in lines {
        let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        #expect(line.isUnlike && line.distance > 1, "\(line.path)")
      }
      let words = await run(["classify", "\(folder)/noise.png"])
      #expect(words.output.contains("(unlike the training data"))
    }
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
