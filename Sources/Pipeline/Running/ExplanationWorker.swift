import Attribution
import Glibc
import Imaging

/// One thread's part of a run.
struct ExplanationWorker {
  let run: ExplanationRun
  let session: NetworkSession
  let writer: ExplanationWriter
  let describe: @Sendable (PictureProblem) -> String
  let goesOn: @Sendable () -> Bool
  let blockSize: BlockSize

  /// What threads share for large pictures.
  let large: LargePictures

  /// A picture that could be read.
  private struct Loaded {
    let number: Int
    let job: ExplanationJob

    /// The file before it was read.
    let state: FileState?
    let prepared: PreparedPicture

    /// Nothing where it was decoded smaller than it will be drawn.
    let picture: Image?
    let isProgressive: Bool

    /// The picture of a file that was decoded smaller before; the file must still be the same.
    func wholePicture() throws(ImageFileError) -> Image {
      if let picture { return picture }
      let whole = try ImageFile.read(job.path).image
      let placement = prepared.placement
      guard FileState(job.path) == state,
        (whole.width, whole.height) == (placement.sourceWidth, placement.sourceHeight)
      else { throw .changedMeanwhile(path: job.path) }
      return whole
    }

    var isLarge: Bool { prepared.isLarge }

    var drawingBytes: Int { prepared.drawingBytes(isProgressive: isProgressive) }
  }

  /// Works on a block. Delivers each picture's record under the picture's number, in any order.
  func explain(
    _ block: JobBlock, deliver: (Int, ExplanationRecord) -> Void
  ) throws {
    let preparation = run.explainer.preparation
    let drawnFiles = run.drawnFiles
    var loaded: [Loaded] = []
    var pixels = 0
    for (offset, job) in block.jobs.enumerated() {
      guard goesOn() else { return }
      let number = block.first + offset
      if let obstacle = drawnFiles.obstacle(toDrawing: job.path, as: job.name) {
        deliver(number, failure(of: job, obstacle))
        continue
      }
      let state = FileState(job.path)
      do throws(ImageFileError) {
        let decoded = try ImageFile.read(job.path, options: preparation.decoding)
        pixels += decoded.image.width * decoded.image.height
        loaded.append(
          Loaded(
            number: number, job: job, state: state, prepared: preparation.prepare(decoded),
            picture: decoded.isReduced && writer.drawsOnPictures ? nil : decoded.image,
            isProgressive: decoded.stored.isProgressive))
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
    let results = try blockSize.learning { try explanations(of: pictures) }
    for (loaded, explanation) in zip(pictures, results) {
      guard goesOn() else { return }
      let found: Explanation
      switch explanation {
      case .success(let explanation): found = explanation
      case .failure(let problem):
        deliver(loaded.number, failure(of: loaded.job, problem.of(loaded.job.path)))
        continue
      }
      let record =
        loaded.isLarge && writer.workers == nil
        ? try large.draw(bytes: loaded.drawingBytes) { try draw(loaded, found) }
        : try draw(loaded, found)
      deliver(loaded.number, record)
    }
  }

  /// Draws a picture's maps and writes them.
  private func draw(
    _ loaded: Loaded, _ explanation: Explanation
  ) throws -> ExplanationRecord {
    let picture: Image
    do throws(ImageFileError) {
      picture = try loaded.wholePicture()
    } catch {
      return failure(of: loaded.job, .notRead(error))
    }
    do {
      return ExplanationRecord(
        path: loaded.job.path,
        outcome: .explained(try writer.write(explanation, of: picture, for: loaded.job)))
    } catch let error as ImageFileError {
      // Of all that keeps files from being written, only this is a matter of one picture.
      guard case .nameTooLong(let file) = error else { throw error }
      return failure(
        of: loaded.job,
        .notWritten(path: loaded.job.path, file: file, systemError: ENAMETOOLONG))
    }
  }

  private func explanations(
    of pictures: [Loaded]
  ) throws -> [Result<Explanation, ExplanationProblem>] {
    let prepared = pictures.map(\.prepared)
    guard pictures.contains(where: \.isLarge) else {
      return try run.explainer.explain(prepared, on: session)
    }
    guard writer.workers == nil else {
      run.returnFreedMemory()
      defer {
        session.releaseMemory()
        run.returnFreedMemory()
      }
      return try run.explainer.explain(prepared, on: session)
    }
    return try large.compute {
      try run.explainer.explain(prepared, on: $0)
    }
  }

  private func failure(of job: ExplanationJob, _ error: PictureProblem) -> ExplanationRecord {
    ExplanationRecord(path: job.path, outcome: .failed(describe(error)))
  }
}

extension ExplanationProblem {
  /// With the name of the picture.
  fileprivate func of(_ path: String) -> PictureProblem {
    switch self {
    case .notAnswered(let answer): .notAnswered(path: path, answer)
    case .notExplained(let error): .notExplained(path: path, error)
    }
  }
}
