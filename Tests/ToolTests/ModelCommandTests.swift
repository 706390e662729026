import Foundation
import Imaging
import TestSupport
import Testing

/// `inspect` and `adopt` from outside.
@Suite struct ModelCommandTests {
  private let whylight = BuiltProgram.path("whylight")

  private func model(_ name: String) -> String { Fixtures.path("reference/models/\(name).onnx") }

  private func inspected(_ path: String) async throws -> [String: Any] {
    let outcome = try await runProgram(whylight, ["inspect", "--json", path])
    #expect(outcome.status == 0, "\(outcome.messages)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func inspectCountsWhatItsLayersCount() async throws {
    let facts = try await inspected(model("plain-17"))
    let layers = try #require(facts["layers"] as? [[String: Any]])
    let first = try #require(layers.first)
    #expect(first["kind"] as? String == "convolution" && first["settings"] as? String == "3x3")
    #expect(first["parameters"] as? Int == 6 * 3 * 9 + 6)
    #expect(first["receptive_field"] as? [Int] == [3, 3])
    for total in ["parameters", "multiply_adds"] {
      #expect(facts[total] as? Int == layers.reduce(0) { $0 + ($1[total] as? Int ?? 0) })
    }
    let methods = try #require(facts["methods"] as? [[String: Any]])
    let gradient = try #require(methods.first { $0["name"] as? String == "gradient" })
    #expect(gradient["applies"] as? Bool == true)
    let outcome = try await runProgram(whylight, ["inspect", model("plain-17")])
    #expect(outcome.output.contains("weight sharing in the convolutions"))
  }

  @Test func inspectDrawsADiagramAndFilters() async throws {
    try await withTemporaryFolder { folder in
      let (svg, png) = (folder + "/model.svg", folder + "/filters.png")
      let outcome = try await runProgram(
        whylight, ["inspect", "-q", "--svg", svg, "--filters", png, model("depthwise-20")])
      #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.messages)")
      let text = try String(contentsOfFile: svg, encoding: .utf8)
      let document = XMLCheck(text)
      #expect(document.isWellFormed)
      #expect(text.contains("depthwise convolution 3x3, stride 2"))
      #expect(try ImageFile.read(png).image.layout == .rgb)
    }
  }

  @Test func inspectNeverWritesOverTheModel() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/m.onnx"
      try writeFile(path, try Fixtures.data("reference/models/plain-17.onnx"))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link.svg", withDestinationPath: path)
      let outcome = try await runProgram(
        whylight, ["inspect", "--svg", folder + "/link.svg", path])
      #expect(outcome.status == 64)
      #expect(
        try Data(contentsOf: URL(filePath: path))
          == Fixtures.data("reference/models/plain-17.onnx"))
    }
  }

  @Test func anAdoptedModelNeedsNoFlags() async throws {
    try await withTemporaryFolder { folder in
      let output = folder + "/adopted.onnx"
      let outcome = try await runProgram(
        whylight,
        [
          "adopt", model("plain-17"), "-o", output, "--labels", "ant,bee,cat,dog,eel", "--mean",
          "0.5", "--std", "0.25,0.5,1", "--input-range", "-1..1", "--fit", "crop",
        ])
      #expect(outcome.status == 0, "\(outcome.messages)")
      let facts = try await inspected(output)
      #expect(facts["labels"] as? [String] == ["ant", "bee", "cat", "dog", "eel"])
      let preparation = try #require(facts["preparation"] as? [String: Any])
      #expect(preparation["stated"] as? Bool == true)
      #expect(preparation["range"] as? String == "-1..1")
      #expect(preparation["std"] as? [Double] == [0.25, 0.5, 1])

      // A second time in place: what is not said stays.
      let again = try await runProgram(
        whylight, ["adopt", "--in-place", "--fit", "stretch", output])
      #expect(again.status == 0, "\(again.messages)")
      let later = try await inspected(output)
      #expect(later["labels"] as? [String] == ["ant", "bee", "cat", "dog", "eel"])
      #expect((later["preparation"] as? [String: Any])?["fit"] as? String == "stretch")
    }
  }

  @Test func weightsBesideAModelComeAlong() async throws {
    try await withTemporaryFolder { folder in
      let output = folder + "/external.onnx"
      let arguments = ["adopt", model("external"), "-o", output, "--fit", "crop"]
      #expect(try await runProgram(whylight, arguments).status == 0)
      _ = try await inspected(output)
      // There already, and the same.
      #expect(try await runProgram(whylight, arguments).status == 0)
      let weights = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder).first { !$0.hasSuffix(".onnx") })
      try writeFile(folder + "/" + weights, [1, 2, 3])
      let outcome = try await runProgram(whylight, arguments)
      #expect(outcome.status == 1 && outcome.messages.contains("another file has the name"))
    }
  }

  private static let refusals: [(options: [String], status: Int32)] = [
    (["-o", "IN"], 64), (["-o", "OUT", "--in-place"], 64), ([], 64),
    (["-o", "OUT", "--labels", "one,two"], 1), (["-o", "OUT", "--mean", "1,2"], 64),
  ]

  @Test(arguments: refusals)
  func adoptRefusesWhatMakesNoSense(_ options: [String], _ status: Int32) async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/in.onnx"
      try writeFile(path, try Fixtures.data("reference/models/plain-17.onnx"))
      let written = options.map {
        $0 == "IN" ? path : $0 == "OUT" ? folder + "/out.onnx" : $0
      }
      let told = options.contains { $0 == "--labels" || $0 == "--mean" } ? [] : ["--fit", "crop"]
      let outcome = try await runProgram(whylight, ["adopt", path] + written + told)
      #expect(outcome.status == status, "\(outcome.messages)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/out.onnx"))
      #expect(
        try Data(contentsOf: URL(filePath: path))
          == Fixtures.data("reference/models/plain-17.onnx"))
    }
  }
}

/// Whether a text is XML that a parser takes: tags nest, entities are known.
private struct XMLCheck {
  let isWellFormed: Bool

  init(_ text: String) {
    var open: [Substring] = []
    for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      guard let end = part.firstIndex(of: ">") else {
        isWellFormed = false
        return
      }
      let tag = part[..<end]
      let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else {
          isWellFormed = false
          return
        }
      } else if !tag.hasSuffix("/") {
        open.append(name)
      }
    }
    isWellFormed = open.isEmpty
  }
}
