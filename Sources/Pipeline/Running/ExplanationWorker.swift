import Attribution
import Imaging

/// One thread's part of a run.
struct ExplanationWorker {
  let run: ExplanationRun
  let session: NetworkSession
  let writer: ExplanationWriter
  let describe: @Sendable (PictureProblem) -> String
  let goesOn: @Sendable () -> Bool

  /// For pictures so large that they are computed one thread at a time: what the network needs is
  /// then in memory once.
  let shared: SharedSession

  /// What makes a picture large: drawing it takes far longer than computing.
  private static let largePixels = 8_000_000

  /// A picture that could be read.
  private struct Loaded {
    let number: Int
    let job: ExplanationJob

    /// The file before it was read.
    let state: FileState?

    /// What was decoded, perhaps smaller than the picture.
    let decoded: DecodedImage
    let prepared: PreparedPicture

    /// The picture of a file that was decoded smaller before; the file must still be the same.
    func wholePicture() throws(ImageFileError) -> Image {
      let whole = try ImageFile.read(job.path).image
      let placement = prepared.placement
      guard FileState(job.path) == state,
        (whole.width, whole.height) == (placement.sourceWidth, placement.sourceHeight)
      else { throw .changedMeanwhile(path: job.path) }
      return whole
    }

    var isLarge: Bool { decoded.fullWidth * decoded.fullHeight > largePixels }
  }

  /// Works on a block. Delivers each picture's record under the picture's number, in any order.
  func explain(
    _ block: JobBlock, deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    let preparation = run.explainer.preparation
    var loaded: [Loaded] = []
    var pixels = 0
    for (offset, job) in block.jobs.enumerated() {
      guard goesOn() else { return }
      let number = block.first + offset
      let state = FileState(job.path)
      do throws(ImageFileError) {
        let decoded = try ImageFile.read(job.path, options: preparation.decoding)
        pixels += decoded.image.width * decoded.image.height
        loaded.append(
          Loaded(
            number: number, job: job, state: state, decoded: decoded,
            prepared: preparation.prepare(decoded)))
      } catch {
        deliver(number, failure(of: job, .notRead(error)))
      }
      if pixels > PixelBudget.usual {
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
    for (loaded, explanation) in zip(pictures, try explanations(of: pictures)) {
      guard goesOn() else { return }
      let found: Explanation
      switch explanation {
      case .success(let explanation): found = explanation
      case .failure(let problem):
        let path = loaded.job.path
        deliver(loaded.number, failure(of: loaded.job, .notAnswered(path: path, problem)))
        continue
      }
      let picture: Image
      do throws(ImageFileError) {
        picture =
          loaded.decoded.isReduced && writer.drawsOnPictures
          ? try loaded.wholePicture() : loaded.decoded.image
      } catch {
        deliver(loaded.number, failure(of: loaded.job, .notRead(error)))
        continue
      }
      deliver(
        loaded.number,
        ExplanationRecord(
          path: loaded.job.path,
          outcome: .explained(try writer.write(found, of: picture, for: loaded.job))))
    }
  }

  private func explanations(
    of pictures: [Loaded]
  ) throws -> [Result<Explanation, UnusableAnswer>] {
    let prepared = pictures.map(\.prepared)
    guard writer.workers == nil, pictures.contains(where: \.isLarge) else {
      return try run.explainer.explain(prepared, on: session)
    }
    return try shared.use { try run.explainer.explain(prepared, on: $0) }
  }

  private func failure(of job: ExplanationJob, _ error: PictureProblem) -> ExplanationRecord {
    ExplanationRecord(path: job.path, outcome: .failed(describe(error)))
  }
}
