import Attribution
import Imaging
import Pipeline
import Segmentation
import Tensors

/// `whylight segment`: draws the superpixels of pictures.
struct SegmentCommand: Command {
  static let declaration = CommandDeclaration(
    name: "segment",
    summary: "Cut pictures into segments (superpixels) and draw them.",
    discussion: [
      "For every picture, DIR/PATH.boundaries.png shows it with lines between its segments, tiny "
        + "pictures enlarged. Methods that switch segments (lime, kernel-shap, ablation, ...) cut "
        + "the model's input by the same settings: segmenter=slic:segments=60.",
      "A label map that was written can be read again with --labels, and so can one made elsewhere: "
        + "segments are numbered from 0 without gaps whatever its labels are.",
      PicturePaths.help.replacing("PATH", with: "IMAGE"),
    ],
    synopses: ["[options] IMAGE..."],
    operands: OperandDeclaration(
      required: ["IMAGE"], allowsMore: true,
      completion: .files(extensions: ["png", "jpg", "jpeg"])),
    options: SegmentOptions.declarations,
    examples: [
      .init(purpose: "Draw the superpixels of a photo", line: "whylight segment photo.jpg"),
      .init(
        purpose: "A hundred of them, squarer, in their mean colours too",
        line: "whylight segment --method slic:segments=100:compactness=30 --draw boundaries,means "
          + "photo.jpg"),
      .init(
        purpose: "Label maps of a folder",
        line: "whylight segment --method felzenszwalb:scale=200 --draw labels -o maps photos"),
    ])

  let paths: [String]
  let settings: SegmenterSettings
  let labels: String?
  let drawings: [SegmentDrawing]
  let output: String
  let printsJSON: Bool
  let threadCount: Int

  init(_ arguments: Arguments) throws(UsageError) {
    paths = arguments.operands
    labels = arguments[SegmentOptions.labels]
    if labels != nil && arguments.isGiven(SegmentOptions.method) {
      throw .conflictingOptions("--method", "--labels")
    }
    do {
      settings = try SegmenterSpecification.settings(arguments[SegmentOptions.method])
    } catch {
      throw .method(error)
    }
    drawings = arguments[SegmentOptions.draw]
    output = arguments[SegmentOptions.output]
    printsJSON = arguments[SegmentOptions.json]
    threadCount = arguments[ThreadOption.usual]
  }

  func run(in session: Session) async throws -> ExitCode {
    let files = try PicturePaths.files(paths, apartFrom: output, in: session)
    let names = OutputNames(files.map(\.path))
    let given = try labels.map { LabelMap(try ImageFile.read($0).image) }
    let folder = try OutputFolder(output)
    let drawn = DrawnFiles(in: folder) { name in drawings.map { name + $0.ending } }
    let inputs = files.map(\.path) + [labels].compactMap(\.self)
    if let input = drawn.overwritten(of: inputs, drawing: files.lazy.map { names[$0.path] }) {
      throw UsageError.outputIsInput(input)
    }
    session.finishesWhatItBegan()
    // A single picture is cut by all threads; of several, each thread takes one.
    let workers = files.count == 1 ? Workers(count: threadCount) : nil
    let budget = PixelBudget()
    var failures = 0
    var isDiskFull = false
    await files.forEachInOrder(width: threadCount) { file -> Result<String, SegmentProblem> in
      if let obstacle = drawn.obstacle(toDrawing: file.path, as: names[file.path]) {
        return .failure(.picture(obstacle))
      }
      let picture: Image
      do throws(ImageFileError) {
        picture = try ImageFile.read(file.path).image
      } catch {
        return .failure(.file(error))
      }
      return await budget.work(on: picture.width * picture.height) {
        segment(picture, file.path, names[file.path], given, folder, workers)
      }
    } consume: { file, result in
      switch result {
      case .success(let line):
        if printsJSON { session.result(json: line) } else { session.result(line) }
      case .failure(let problem):
        failures += 1
        let sentence = problem.sentence
        if printsJSON {
          session.result(
            json: ExplanationRecord(path: file.path, outcome: .failed(sentence)).json)
        }
        session.report(sentence)
        if case .file(.diskFull) = problem { isDiskFull = true }
      }
      return !isDiskFull && session.interruption == nil
    }
    if let signal = session.interruption { return .interrupted(signal: signal) }
    if isDiskFull { return .couldNotRun }
    return failures > 0 ? .someFailed : .done
  }

  /// Segments one picture, writes what is wanted of it and says so.
  private func segment(
    _ picture: Image, _ path: String, _ name: String, _ given: LabelMap?,
    _ folder: OutputFolder, _ workers: Workers?
  ) -> Result<String, SegmentProblem> {
    let segmented: SegmentedPicture
    if let given {
      do {
        segmented = try SegmentedPicture(picture, labels: given)
      } catch {
        return .failure(.labels(path: path, error))
      }
    } else {
      segmented = SegmentedPicture(picture, settings, workers: workers)
    }
    return Result { () throws(ImageFileError) in try draw(segmented, name, folder) }
      .mapError(SegmentProblem.file)
      .map { written in
        printsJSON
          ? SegmentMessages.json(segmented, path: path, written)
          : SegmentMessages.line(segmented, path: path)
      }
  }

  private func draw(
    _ segmented: SegmentedPicture, _ name: String, _ folder: OutputFolder
  ) throws(ImageFileError) -> [(drawing: SegmentDrawing, file: String)] {
    var written: [(drawing: SegmentDrawing, file: String)] = []
    for drawing in drawings {
      let file = name + drawing.ending
      let record = SegmentMessages.record(drawing, of: segmented)
      // A label's number is its grey value, which a palette would hide.
      let options = PNGOptions(
        mayUsePalette: drawing != .labels, texts: [ImageText(record: record)])
      let bytes: [UInt8]
      do {
        bytes = try ImageEncoder.encode(segmented.drawn(drawing), as: .png(options))
      } catch {
        throw ImageFileError.notEncoded(path: folder.path + "/" + file, error)
      }
      try folder.write(bytes, to: file)
      written.append((drawing, file))
    }
    return written
  }
}
