public import Imaging
import Rendering

/// What is drawn of a training or an evaluation as a whole.
public enum SummaryDrawing: String, Sendable, CaseIterable {
  /// The learning curves, behind the model's name.
  case epochs
  case reliability
  case mistakes

  /// The file's name, or what stands behind the model's in it.
  public var fileName: String { rawValue + ".png" }

  /// The picture as a PNG that says what it is.
  public func png(_ image: Image) throws(ImageEncodingError) -> [UInt8] {
    let record = JSONText.object([("drawing", JSONText.string(rawValue))])
    return try ImageEncoder.png(image, PNGOptions(texts: [ImageText(record: record)]))
  }
}
