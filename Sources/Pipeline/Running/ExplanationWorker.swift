import Attribution
import Imaging

/// One thread's part of a run.
struct ExplanationWorker {
  let run: ExplanationRun
  let session: NetworkSession
  let writer: ExplanationWriter
  let describe: @Sendable (ImageFileError) -> String
  let goesOn: @Sendable () -> Bool

  /// Pictures that are held in memory together, in pixels: sixteen digits, but one photo at a time.
  private static let pixelBudget = 2_000_000

  /// A picture that could be read.
  private struct Loaded {
    let number: Int
    let job: ExplanationJob
    let picture: Image
    let prepared: PreparedPicture
  }

  /// Works on a block. Delivers each picture's record under the picture's number, in any order.
  func explain(
    _ block: JobBlock, deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    var loaded: [Loaded] = []
    var pixels = 0
    for (offset, job) in block.jobs.enumerated() {
      guard goesOn() else { return }
      let number = block.first + offset
      do throws(ImageFileError) {
        let picture = try ImageFile.read(job.path).image
        pixels += picture.width * picture.height
        loaded.append(
          Loaded(
            number: number, job: job, picture: picture,
            prepared: run.explainer.preparation.prepare(picture)))
      } catch {
        deliver(number, ExplanationRecord(path: job.path, outcome: .failed(describe(error))))
      }
      if pixels > Self.pixelBudget {
        try explain(loaded, deliver)
        loaded = []
        pixels = 0
      }
    }
    if !loaded.isEmpty { try explain(loaded, deliver) }
  }

  private func explain(
    _ pictures: [Loaded], _ deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    let explanations = try run.explainer.explain(pictures.map(\.prepared), on: session)
    for (loaded, explanation) in zip(pictures, explanations) {
      guard goesOn() else { return }
      deliver(
        loaded.number,
        ExplanationRecord(
          path: loaded.job.path,
          outcome: .explained(
            try writer.write(explanation, of: loaded.picture, for: loaded.job))))
    }
  }
}
