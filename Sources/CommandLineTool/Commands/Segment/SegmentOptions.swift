import Pipeline
import Segmentation

/// The options of `segment`.
enum SegmentOptions {
  static let method = Option.value(
    "method",
    .text(placeholder: "SPEC").offering(SegmenterSettings.Kind.allCases.map(\.rawValue)),
    default: "auto", in: "Segments",
    "How to cut, name[:key=value...]: grid (cells), slic (segments, compactness, smoothing), "
      + "quickshift (kernel-size, max-dist, ratio, smoothing), felzenszwalb (scale, min-size, "
      + "smoothing); auto is a grid below 64 pixels a side and slic above. What is not said follows "
      + "from the picture's size.")
  static let labels = Option.optional(
    "labels", .file(extensions: ["png"]), in: "Segments",
    "Take the segments from a picture of labels, of any values, as large as the picture.")
  static let draw = Option.value(
    "draw", .segmentDrawings, default: "boundaries", in: "Output",
    "What to write of each picture, with commas between: boundaries (the picture with lines "
      + "between segments), means (each segment in its mean colour), labels (a label map, to be "
      + "read again).")
  static let output = Option.value(
    "output", short: "o", .folder(), default: "whylight-out", in: "Output",
    "Where everything is written.")
  static let json = Option.flag("json", in: "Output", "Print JSON Lines instead of text.")

  static let declarations = [
    method.declaration, labels.declaration, draw.declaration, output.declaration,
    json.declaration, ThreadOption.usual.declaration,
  ]
}

extension ValueSyntax where Value == [SegmentDrawing] {
  /// Some of the pictures, with commas between.
  static var segmentDrawings: Self {
    let names = SegmentDrawing.allCases.map(\.rawValue)
    return Self(
      placeholder: "WHAT", completion: .list(of: names), expectation: .oneOf(names)
    ) { text in
      let drawings = text.split(separator: ",", omittingEmptySubsequences: false)
        .map { SegmentDrawing(rawValue: String($0)) }
      let known = drawings.compactMap { $0 }
      return known.count == drawings.count ? known : nil
    }
  }
}
