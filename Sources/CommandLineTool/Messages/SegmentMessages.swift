import Imaging
import Pipeline
import Rendering
import Segmentation

/// What `segment` says.
enum SegmentMessages {
  /// For people.
  static func line(_ segmented: SegmentedPicture, path: String) -> String {
    let sizes = segmented.map.sizes
    let count = counted(sizes.count, "segment")
    let how =
      segmented.segmenter.map { segmenter in
        let parameters = segmenter.parameters.map { "\($0.name) \(shortest($0.value))" }
        return "by \(segmenter.kind.rawValue) (\(parameters.joined(separator: ", ")))"
      } ?? "given"
    return "\(path): \(count) \(how), of \(sizes.min() ?? 0) to \(sizes.max() ?? 0) pixels"
  }

  /// For programs: one line.
  static func json(
    _ segmented: SegmentedPicture, path: String,
    _ written: [(drawing: SegmentDrawing, file: String)]
  ) -> String {
    let files = written.map { ($0.drawing.rawValue, JSONText.string($0.file)) }
    return JSONText.object(
      [
        ("path", JSONText.string(path)), ("status", JSONText.string("ok")),
        ("width", "\(segmented.picture.width)"), ("height", "\(segmented.picture.height)"),
      ] + members(segmented) + [
        ("sizes", JSONText.list(segmented.map.sizes.map { "\($0)" })),
        ("files", JSONText.object(files)),
      ])
  }

  /// The record inside a drawing.
  static func record(_ drawing: SegmentDrawing, of segmented: SegmentedPicture) -> String {
    JSONText.object([("drawing", JSONText.string(drawing.rawValue))] + members(segmented))
  }

  /// How a picture was cut.
  private static func members(_ segmented: SegmentedPicture) -> [(key: String, value: String?)] {
    let segmenter = segmented.segmenter
    let settings = (segmenter?.parameters ?? []).map { ($0.name, shortest($0.value)) }
    return [
      ("method", JSONText.string(segmenter?.kind.rawValue ?? "given")),
      ("settings", JSONText.object(settings)), ("segments", "\(segmented.map.count)"),
    ]
  }
}

/// Why a picture was not segmented.
enum SegmentProblem: DescribedError {
  case file(ImageFileError)
  case picture(PictureProblem)
  case labels(path: String, SegmentingError)

  var sentence: String {
    switch self {
    case .file(let error): error.sentence
    case .picture(let problem): problem.sentence
    case .labels(let path, let error): "\(path): \(error.sentence)"
    }
  }
}

extension SegmentingError {
  /// What is wrong, to stand after the name of the picture.
  fileprivate var sentence: String {
    switch self {
    case .labelMapOfOtherSize(let width, let height, let pictureWidth, let pictureHeight):
      "the label map has \(width)x\(height) labels, but the picture \(pictureWidth)x\(pictureHeight) "
        + "pixels. Give a label map of the picture's size."
    }
  }
}
