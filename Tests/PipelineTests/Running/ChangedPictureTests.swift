import FoundationEssentials
import Imaging
import ModelFiles
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ChangedPictureTests {
  private static func picture(_ width: Int, _ height: Int, shade: Int) throws -> [UInt8] {
    try ImageEncoder.jpeg(
      Image(
        width: width, height: height, layout: .rgb,
        samples: .eight((0..<width * height * 3).map { UInt8(($0 / 3 + shade) % 251) })),
      JPEGOptions())
  }

  /// A large JPEG is decoded smaller for the model and again as a whole for drawing.
  @Test(arguments: [(320, 200), (640, 480), (700, 900)])
  func aPictureThatIsReplacedBetweenTwoReadingsIsAFailure(width: Int, height: Int) async throws {
    try await withTemporaryFolder { folder in
      var model = try ModelFile(contentsOf: Fixtures.repository + "/models/digits.onnx")
      model.information.state(fit: .stretch)
      let path = folder + "/photo.jpg"
      try writeFile(path, try Self.picture(640, 480, shade: 0))
      let other = try Self.picture(width, height, shade: 90)
      let run = ExplanationRun(
        try Explainer(model, methods: ["gradient"]),
        model: ModelRecord(file: "digits.onnx", sha256: ""), products: [.overlay],
        drawing: DrawingSettings(), output: try OutputFolder(folder + "/out"))
      // Asked before the block, before it is read, and before it is drawn.
      let asked = Mutex(0)
      let outcomes = Mutex<[ExplanationRecord.Outcome]>([])
      try run.run(
        JobList([ExplanationJob(path: path, name: "photo")], threads: 1),
        workers: Workers(count: 1), describe: { "\($0)" },
        goesOn: {
          let count = asked.withLock {
            $0 += 1
            return $0
          }
          if count == 3 { try? writeFile(path, other) }
          return true
        },
        consume: { record in outcomes.withLock { $0.append(record.outcome) } })
      let outcome = try #require(outcomes.withLock { $0.first })
      guard case .failed(let reason) = outcome else {
        Issue.record("explained though it was replaced")
        return
      }
      #expect(reason == "\(PictureProblem.notRead(.changedMeanwhile(path: path)))")
    }
  }
}
