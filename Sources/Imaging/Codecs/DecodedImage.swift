/// A picture as its file had it, and what the file said besides.
public struct DecodedImage: Sendable, Equatable {
  /// Upright, unless the options asked for the picture as it was stored.
  public let image: Image
  /// The picture's size, also where `image` is a smaller version of it.
  public let fullWidth: Int
  public let fullHeight: Int
  public let stored: StoredImage
  /// A PNG's text chunks, in the file's order.
  public let texts: [ImageText]
  public let warnings: [ImageWarning]

  /// Whether `image` is smaller than the picture: only with `leastSize`.
  public var isReduced: Bool { (image.width, image.height) != (fullWidth, fullHeight) }
}

/// How a picture stands in its file.
public struct StoredImage: Sendable, Equatable {
  public let format: ImageFormat
  /// Before turning.
  public let width: Int
  public let height: Int
  public let colour: Colour
  /// 1, 2, 4, 8 or 16.
  public let bitDepth: Int
  /// A PNG's transparent colour or palette entries, which became an alpha channel.
  public let hasTransparencyChunk: Bool
  /// Stored coarse to fine: interlaced (PNG) or progressive (JPEG).
  public let isProgressive: Bool
  /// JPEG with arithmetic instead of Huffman codes.
  public let isArithmetic: Bool
  /// Luma samples for one chroma sample, across and down; (1, 1) when colours are not halved.
  public let chromaAcross: Int
  public let chromaDown: Int
  /// What EXIF says of how the picture lies.
  public let orientation: Orientation

  public enum Colour: Sendable, Hashable, CaseIterable {
    case grey
    case greyAlpha
    case rgb
    case rgba
    case palette
    case yCbCr
    case cmyk
    case ycck
  }
}

/// What was not as it should be, though there is a picture.
public enum ImageWarning: Sendable, Equatable {
  /// Only with `isLenient`: the bytes end before the picture does; what is missing is filled in.
  case truncated(rows: CompleteRows, message: String)
  /// Only with `isLenient`: rules or check sums are broken.
  case damaged(rows: CompleteRows, message: String)
  /// Something else follows the picture in its file (phones append films and depth maps).
  case trailingBytes(Int)
  /// What the library complained of without doubting the pixels: how often, and its first words.
  case complaints(Int, message: String)
}
