import Foundation
import Imaging
import ModelFiles
import Networks
import Tensors
import TestSupport
import Testing

@testable import CommandLineTool

/// Models that answer strangely, and what the commands make of them.
@Suite struct OddModelTests {
  /// A model of 2x2 grey pictures.
  private func write(
    _ path: String, _ build: (inout Graph, Graph.ValueID) throws -> Graph.ValueID
  ) throws {
    var graph = Graph()
    let image = try graph.addInput("image", [1, 2, 2])
    graph.markOutput(try build(&graph, image))
    let information = ModelInformation(preparation: InputPreparation(inversion: .never))
    try ModelFile(graph: graph, information: information).write(to: path)
  }

  private func writePicture(_ path: String, _ samples: [UInt8]) throws {
    let picture = Image(width: 2, height: 2, layout: .grey, samples: .eight(samples))
    try writeFile(path, try ImageEncoder.png(picture))
  }

  @Test func classesThatDoNotExcludeEachOtherAreNotMeasured() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/tags.onnx"
      try write(model) { graph, image in
        let flat = try graph.add(
          .reshape(Reshape(to: [4])), name: "flat", inputs: [image])
        return try graph.add(.pointwise(Pointwise(.sigmoid)), name: "tags", inputs: [flat])
      }
      let outcome = await run(["evaluate", model])
      #expect(outcome.exitCode == .couldNotRun && outcome.output == "")
      #expect(outcome.messages.contains("any number of its classes may be on a picture"))
    }
  }

  @Test func aMapOfScoresIsNoClassifier() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/map.onnx"
      try write(model) { graph, image in
        try graph.add(.pointwise(Pointwise(.tanh)), name: "map", inputs: [image])
      }
      try writePicture(folder + "/a.png", [1, 2, 3, 4])
      for command in [["explain", "-o", folder + "/out"], ["classify"]] {
        let outcome = await run(command + ["-m", model, folder + "/a.png"])
        #expect(outcome.exitCode == .couldNotRun && outcome.output == "")
        #expect(outcome.messages.contains("\(model): its output 'map"), "\(outcome.messages)")
        #expect(outcome.messages.contains("has the axes 1x2x2 for each picture"))
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
      let inspected = await run(["inspect", model])
      #expect(inspected.exitCode == .done, "\(inspected.messages)")
      #expect(inspected.output.contains("no classes\n"))
      #expect(inspected.output.contains("no classifier"))
      let json = await run(["inspect", "--json", model]).output
      #expect(json.contains(#""classes": null"#), "\(json)")
    }
  }

  @Test func inspectNamesTheOperationThatAMethodCannotExplain() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/gate.onnx"
      try write(model) { graph, image in
        let gate = try graph.add(.softmax(Softmax(axis: 2)), name: "gate", inputs: [image])
        return try graph.add(.reshape(Reshape(to: [4])), name: "flat", inputs: [gate])
      }
      let reason = "deeplift cannot look through gate (softmax)."
      let inspected = await run(["inspect", model])
      #expect(inspected.output.contains("no: \(reason)\n"), "\(inspected.output)")
      let json = await run(["inspect", "--json", model]).output
      #expect(json.contains(#""\#(reason)""#))
      // Who asks for the method is told where to find others.
      try writePicture(folder + "/a.png", [1, 2, 3, 4])
      let explained = await run([
        "explain", "-m", model, "-o", folder + "/out", "--method", "deeplift", folder + "/a.png",
      ])
      #expect(explained.exitCode == .wrongUsage)
      #expect(explained.messages.contains("\(reason) `whylight inspect` says which"))
    }
  }

  private struct Line: Decodable {
    let path: String
    let status: String
    let error: String?
    let predictions: [Prediction]?
    let target: Target?

    struct Prediction: Decodable {
      let index: Int
      let logit: Double
      let probability: Double
    }

    struct Target: Decodable {
      let kind: String
      let activation: String?
      let index: Int
      let score: Double
    }
  }

  private func lines(_ text: String) throws -> [Line] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  /// The logarithm of each pixel: minus infinity where one is black.
  @Test(arguments: [[], ["--scale", "run"]])
  func aPictureWithoutFiniteLogitsFailsAlone(_ options: [String]) async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/log.onnx"
      try write(model) { graph, image in
        let flat = try graph.add(
          .reshape(Reshape(to: [4])), name: "flat", inputs: [image])
        return try graph.add(.pointwise(Pointwise(.logarithm)), name: "log", inputs: [flat])
      }
      try writePicture(folder + "/in/black.png", [200, 0, 100, 50])
      try writePicture(folder + "/in/grey.png", [200, 10, 100, 50])
      let reason =
        "\(folder)/in/black.png: the model's logit of '1' is minus infinity, which says nothing. "
        + "Check its weights (`whylight inspect`), and what pictures become (--input-range, --mean, "
        + "--std)."

      let classified = await run(["classify", "-m", model, "--json", folder + "/in"])
      #expect(classified.exitCode == .someFailed)
      #expect(classified.messages.contains(reason))
      let answers = try lines(classified.output)
      #expect(answers.map(\.status) == ["failed", "ok"])
      #expect(answers[0].error == reason)

      let explained = await run(
        ["explain", "-m", model, "-o", folder + "/out", "--method", "gradient", folder + "/in"]
          + options)
      #expect(explained.exitCode == .someFailed, "\(explained.messages)")
      #expect(explained.messages.contains(reason))
      let records = try lines(
        String(contentsOfFile: folder + "/out/results.jsonl", encoding: .utf8))
      #expect(records.map(\.status) == ["failed", "ok"])
      #expect(records[0].error == reason)
    }
  }

  @Test func weightsThatAreNoNumbersAreNoTrap() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/nan.onnx"
      try write(model) { graph, image in
        let weights = graph.addParameter(
          Parameter("w", [2, 4], Array(repeating: .nan, count: 8)))
        return try graph.add(
          .dense(Dense(outputs: 2)), name: "dense", inputs: [image], parameters: [weights])
      }
      try writePicture(folder + "/a.png", [200, 0, 100, 50])
      let explained = await run(
        ["explain", "-m", model, "-o", folder + "/out", "--save", "panel", folder + "/a.png"])
      #expect(explained.exitCode == .someFailed)
      #expect(explained.messages.contains("the model's logit of '0' is not a number"))
      for name in ["0/a", "1/b"] {
        try writePicture(folder + "/data/\(name).png", [200, 0, 100, 50])
      }
      let evaluated = await run(["evaluate", model, "--data", folder + "/data"])
      #expect(evaluated.exitCode == .couldNotRun)
      #expect(evaluated.messages.contains("2 of 2 samples have logits that are not finite"))
      let inspected = await run(["inspect", "--json", model])
      #expect(inspected.exitCode == .done)
      _ = try JSONDecoder().decode(Weights.self, from: Data(inspected.output.utf8))
    }
  }

  private struct Weights: Decodable {
    let weights: [Weight]

    struct Weight: Decodable { let least: Double? }
  }

  enum Ending: String, CaseIterable {
    case logits, softmax, sigmoid
    case normalizedSigmoid = "normalized-sigmoid"
  }

  /// What is explained as probability is what `classify` says, and its map is its gradient's.
  @Test(arguments: Ending.allCases, [1, 3])
  func theProbabilityExplainedIsTheOneSaid(_ ending: Ending, _ classes: Int) async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/m.onnx"
      try write(model) { graph, image in
        let weights = graph.addParameter(
          Parameter("w", [classes, 4], (0..<4 * classes).map { Float($0 * 5 % 7) - 3 }))
        let logits = try graph.add(
          .dense(Dense(outputs: classes)), name: "dense", inputs: [image], parameters: [weights])
        let end: Graph.ValueID
        switch ending {
        case .logits: return logits
        case .softmax:
          return try graph.add(.softmax(Softmax(axis: 0)), name: "end", inputs: [logits])
        case .sigmoid, .normalizedSigmoid:
          end = try graph.add(.pointwise(Pointwise(.sigmoid)), name: "end", inputs: [logits])
        }
        guard ending == .normalizedSigmoid else { return end }
        return try graph.add(
          .lpNormalization(LpNormalization(.l1, axis: 0)), name: "shares", inputs: [end])
      }
      try writePicture(folder + "/a.png", [200, 10, 100, 50])
      let answer = try #require(
        try lines(await run(["classify", "-m", model, "--json", folder + "/a.png"]).output).first)
      let explained = await run([
        "explain", "-m", model, "-o", folder + "/out", "--output-kind", "probability", "--target",
        "0", "--method", "gradient", "--json", folder + "/a.png",
      ])
      #expect(explained.exitCode == .done, "\(explained.messages)")
      let target = try #require(try lines(explained.output).first?.target)
      let said = try #require(answer.predictions?.first { $0.index == 0 })
      #expect(target.score == said.probability)
      let expected =
        classes == 1 ? "sigmoid" : ending == .logits ? "softmax" : ending.rawValue
      #expect(target.kind == "probability" && target.activation == expected)
      #expect(!explained.output.contains("\"flat\": true"))
    }
  }

  /// Two pictures of 2x2 pixels, which are the logits: classes 0 and 1, of which the second is
  /// taken for a 0.
  @Test func measuresRestOnTheModelsOwnProbabilities() async throws {
    struct Figures: Decodable {
      let loss: Double
      let calibrationError: Double
      let mistakes: [Mistake]

      struct Mistake: Decodable { let probability: Double }
    }
    try await withTemporaryFolder { folder in
      let model = folder + "/rest.onnx"
      try write(model) { graph, image in
        let logits = try graph.add(.reshape(Reshape(to: [4])), name: "flat", inputs: [image])
        let shares = try graph.add(.pointwise(Pointwise(.sigmoid)), name: "each", inputs: [logits])
        return try graph.add(
          .lpNormalization(LpNormalization(.l1, axis: 0)), name: "shares", inputs: [shares])
      }
      let pictures: [[UInt8]] = [[255, 51, 0, 102], [204, 153, 0, 0]]
      for (label, samples) in pictures.enumerated() {
        try writePicture(folder + "/data/\(label)/a.png", samples)
      }
      let outcome = await run(["evaluate", model, "--data", folder + "/data", "--json"])
      #expect(outcome.exitCode == .done, "\(outcome.messages)")
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      let figures = try decoder.decode(Figures.self, from: Data(outcome.output.utf8))
      let shares = pictures.map { samples in
        let each = samples.map { 1 / (1 + exp(-Double($0) / 255)) }
        return each.map { $0 / each.reduce(0, +) }
      }
      #expect(abs(figures.loss + (log(shares[0][0]) + log(shares[1][1])) / 2) < 1e-6)
      // Both answers are 0 and their confidences lie in one bin; one is right.
      let confidence = (shares[0][0] + shares[1][0]) / 2
      #expect(abs(figures.calibrationError - abs(confidence - 0.5)) < 1e-6)
      #expect(figures.mistakes.count == 1)
      #expect(abs(figures.mistakes[0].probability - shares[1][0]) < 1e-6)
    }
  }

  @Test func adoptingLabelsStatesNothingElse() async throws {
    try await withTemporaryFolder { folder in
      let (bare, adopted) = (folder + "/bare.onnx", folder + "/adopted.onnx")
      try writeFile(bare, try Fixtures.data("reference/models/plain-17.onnx"))
      try writePicture(folder + "/a.png", [1, 2, 3, 4])
      for (options, isAssumed) in [
        (["--labels", "a,b,c,d,e", "--fit", "crop"], true), (["--input-range", "0..1"], false),
      ] {
        let outcome = await run(["adopt", bare, "-o", adopted] + options)
        #expect(outcome.exitCode == .done, "\(outcome.messages)")
        let classified = await run(["classify", "-m", adopted, folder + "/a.png"])
        #expect(classified.exitCode == .done)
        #expect(
          classified.messages.contains("does not say how pictures become its input") == isAssumed)
      }
    }
  }

  @Test func aWindowBeyondAllNumbersIsAll() async throws {
    try await withTemporaryFolder { folder in
      let model = folder + "/reach.onnx"
      try write(model) { graph, image in
        let axis = WindowAxis(kernel: 3, stride: 2, before: 1, after: 1)
        let window = PoolingWindow(vertical: axis, horizontal: axis)
        return try (0..<70).reduce(image) { value, stage in
          try graph.add(
            .maxPooling(MaxPooling(window)), name: "pool\(stage)", inputs: [value])
        }
      }
      let inspected = await run(["inspect", model])
      #expect(inspected.exitCode == .done, "\(inspected.messages)")
      let last = inspected.output.split(separator: "\n").first { $0.hasPrefix("pool69") }
      #expect(last?.hasSuffix("all") == true, "\(last ?? "")")
    }
  }
}
