import FoundationEssentials
import Imaging
import Synchronization
import TestSupport
import Testing

@testable import CommandLineTool

@Suite("train and evaluate")
struct TrainCommandTests {
  private let quick = [
    "train", "--data", "synthetic", "--drawn", "300", "--layers",
    "conv 4 5x5, norm, relu, pool 4, dense classes", "--batch", "30", "--average", "0.9",
    "--augment", "handwriting", "--schedule", "cosine", "--rate", "0.01", "--epochs", "3",
  ]

  @Test("a model is trained, measured, and the same again with another number of threads")
  func trains() async throws {
    try await withTemporaryFolder { folder async throws in
      var models: [Data] = []
      for threads in ["1", "3"] {
        let model = "\(folder)/model\(threads).onnx"
        let outcome = await run(quick + ["-o", model, "--threads", threads])
        #expect(outcome.exitCode == .done)
        #expect(outcome.output.split(separator: "\n").count == 3)
        for ending in ["jsonl", "csv", "svg", "png"] {
          let record = "\(folder)/model\(threads).epochs.\(ending)"
          #expect(FileManager.default.fileExists(atPath: record), "\(record)")
        }
        models.append(try Data(contentsOf: URL(filePath: model)))
      }
      #expect(models[0] == models[1])
      let evaluated = await run(
        ["evaluate", "\(folder)/model1.onnx", "--data", "synthetic", "--drawn", "200"])
      #expect(evaluated.exitCode == .done)
      #expect(evaluated.output.hasPrefix("accuracy "))
      let json = await run(
        ["evaluate", "--json", "\(folder)/model1.onnx", "--drawn", "200"])
      let figures = try JSONDecoder().decode(Figures.self, from: Data(json.output.utf8))
      #expect(figures.count == 200)
      #expect(figures.accuracy > 0.3)
      #expect(figures.interval[0] < figures.accuracy && figures.accuracy < figures.interval[1])
    }
  }

  @Test("an evaluation becomes a page without scripts, with the mistakes and their files")
  func writesPage() async throws {
    try await withTemporaryFolder { folder async throws in
      // Two classes of equal pictures: half of the answers must be wrong.
      let picture = try Fixtures.data("digits/3-01.png")
      for name in ["a&b", "c"] {
        for number in 0..<3 { try writeFile("\(folder)/data/\(name)/<\(number)>.png", picture) }
      }
      let model = "\(folder)/model.onnx"
      let trained = await run([
        "train", "--data", "\(folder)/data", "--layers", "dense classes", "--epochs", "1",
        "--validation", "0", "-o", model,
      ])
      #expect(trained.exitCode == .done)
      let output = "\(folder)/new/measured"
      let outcome = await run(["evaluate", model, "--data", "\(folder)/data", "-o", output])
      #expect(outcome.exitCode == .done)
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(output)/\(name)")), as: UTF8.self)
      }
      let page = try text("evaluation.html")
      #expect(page.contains("50.00 %"))
      #expect(page.contains("/&lt;0&gt;.png"))
      #expect(page.contains("a&amp;b"))
      #expect(!page.contains("<script") && !page.contains("a&b"))
      #expect(page.contains("<svg") && page.contains("data:image/png;base64,"))
      let figures = try JSONDecoder().decode(
        Figures.self, from: Data(try text("evaluation.json").utf8))
      #expect(figures.count == 6)
      #expect(try text("reliability.svg").hasPrefix("<svg"))
      for name in ["reliability.png", "mistakes.png"] {
        #expect(try ImageFile.read("\(output)/\(name)").image.width > 300)
      }
    }
  }

  @Test func whatTrainAndEvaluateDrawAmongPicturesIsPassedOverAndNoPictureWrittenOver()
    async throws
  {
    try await withTemporaryFolder { folder async throws in
      for label in ["a", "b"] {
        try writeFile("\(folder)/\(label)/1.png", try Fixtures.data("digits/3-01.png"))
      }
      let model = "\(folder)/model.onnx"
      let trained = await run([
        "train", "--data", folder, "--layers", "dense classes", "--epochs", "1",
        "--validation", "0", "-o", model,
      ])
      #expect(trained.exitCode == .done, "\(trained.messages)")
      let evaluate = ["evaluate", model, "--data", folder, "-o", folder]
      for _ in 0..<2 { #expect(await run(evaluate).exitCode == .done) }
      let classified = await run(["classify", "-m", model, folder])
      #expect(classified.output.split(separator: "\n").count == 2, "\(classified.output)")

      let own = try Fixtures.data("digits/3-01.png")
      try writeFile(folder + "/mistakes.png", own)
      let refused = await run(evaluate)
      #expect(refused.exitCode == .couldNotRun)
      #expect(refused.messages.contains("\(folder)/mistakes.png: Whylight did not make this file"))
      #expect(try Data(contentsOf: URL(filePath: folder + "/mistakes.png")) == Data(own))
    }
  }

  private struct Figures: Decodable {
    let count: Int
    let accuracy: Double
    let interval: [Double]
  }

  @Test("an interrupted run leaves a checkpoint and goes on to the same bytes")
  func resumes() async throws {
    try await withTemporaryFolder { folder async throws in
      let whole = await run(quick + ["-o", "\(folder)/whole.onnx"])
      #expect(whole.exitCode == .done)
      // Asked before each batch: the second epoch of nine batches has begun.
      let questions = Mutex(0)
      let console = Console(
        output: CollectingSink(), messages: CollectingSink(), input: GivenLines([]),
        environment: [:],
        interruption: {
          questions.withLock {
            $0 += 1
            return $0 > 14 ? 2 : nil
          }
        })
      let stopped = await Tool().run(
        arguments: quick + ["-o", "\(folder)/resumed.onnx"], console: console)
      #expect(stopped == .interrupted(signal: 2))
      let resumed = await run(quick + ["-o", "\(folder)/resumed.onnx", "--resume"])
      #expect(resumed.exitCode == .done)
      #expect(
        try Data(contentsOf: URL(filePath: "\(folder)/resumed.onnx"))
          == Data(contentsOf: URL(filePath: "\(folder)/whole.onnx")))
    }
  }

  @Test(
    "mistakes are explained",
    arguments: [
      (
        ["--layers", "conv 16 5x5, rely"], "Did you mean 'relu'? In: conv 16 5x5, >>rely<<",
        ExitCode.wrongUsage
      ),
      (["--layers", "dense 3"], "End with 'dense classes'.", .wrongUsage),
      (["--schedule", "step:epochs=1e30"], "--schedule is 'step:epochs=1e30'", .wrongUsage),
      (["--schedule", "step:epochs=2.5"], "--schedule is 'step:epochs=2.5'", .wrongUsage),
      (["--seed", "9223372036854775808"], "of at least 0 and below 2^63", .wrongUsage),
      (["--memory", "much"], "must be a number of bytes such as 500M", .wrongUsage),
      (["--data", "/no/such"], "there are no data that can be read", .couldNotRun),
      (["--size", "14x14"], "The data are 1x28x28 and stay so.", .couldNotRun),
      (["--channels", "3"], "Leave --size and --channels out.", .couldNotRun),
      (["--memory", "30000"], "synthetic: 31360 bytes are more than the 30000", .couldNotRun),
      (["--resume"], "there is no such file", .couldNotRun),
    ])
  func mistakes(_ arguments: [String], _ words: String, _ code: ExitCode) async throws {
    try await withTemporaryFolder { folder async throws in
      let outcome = await run(
        ["train", "--drawn", "40", "-o", "\(folder)/m.onnx"] + arguments)
      #expect(outcome.exitCode == code)
      #expect(outcome.messages.contains(words))
    }
  }

  @Test func aPlaceInNoFolderIsRefusedBeforeAnythingIsRead() async throws {
    try await withTemporaryFolder { folder async throws in
      let outcome = await run(["train", "--data", "/no/such", "-o", folder + "/none/m.onnx"])
      #expect(outcome.exitCode == .couldNotRun)
      #expect(
        outcome.messages.contains(
          "\(folder)/none/m.onnx: the folder that it should go to does not exist."))
    }
  }

  @Test("what evaluate cannot write is known before it measures")
  func evaluationFolder() async throws {
    try await withTemporaryFolder { folder async throws in
      try writeFile(folder + "/file", "x".utf8)
      let outcome = await run(["evaluate", "--drawn", "40", "-o", folder + "/file"])
      #expect(outcome.exitCode == .couldNotRun && outcome.output == "")
      #expect(outcome.messages.contains(folder + "/file: this is a file, not a folder."))
      let unknown = await run([
        "evaluate", "--data", Fixtures.path("reference/models"), "-o", folder + "/out",
      ])
      #expect(unknown.exitCode == .couldNotRun)
      #expect(!FileManager.default.fileExists(atPath: folder + "/out"))
    }
  }

  @Test func aFolderInTheModelsPlaceIsRefusedBeforeTraining() async throws {
    try await withTemporaryFolder { folder async throws in
      let outcome = await run(["train", "--drawn", "40", "-o", folder])
      #expect(outcome.exitCode == .couldNotRun && outcome.output == "")
      #expect(outcome.messages.contains("\(folder): this is a folder, not a file."))
    }
  }

  @Test func resumingSaysWhichSettingsDiffer() async throws {
    try await withTemporaryFolder { folder async throws in
      let train = ["train", "--drawn", "40", "--epochs", "1", "-o", "\(folder)/m.onnx"]
      #expect(await run(train).exitCode == .done)
      let outcome = await run(
        train + ["--resume", "--rate", "0.5", "--augment", "shift=0.1", "--clip", "2"])
      #expect(outcome.exitCode == .couldNotRun)
      #expect(
        outcome.messages.contains(
          "made with other settings: --rate 0.001 then, 0.5 now; --clip none then, 2 now; "
            + "--augment none then, shift=0.1 now. Give the same ones"))
    }
  }

  @Test func aCheckpointThatIsAFolderIsNotMissing() async throws {
    try await withTemporaryFolder { folder async throws in
      try FileManager.default.createDirectory(
        atPath: folder + "/m.checkpoint", withIntermediateDirectories: false)
      let outcome = await run(
        ["train", "--drawn", "40", "--resume", "-o", "\(folder)/m.onnx"])
      #expect(outcome.messages.contains("m.checkpoint: this is a folder"))
    }
  }
}
