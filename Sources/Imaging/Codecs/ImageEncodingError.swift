/// Why a picture cannot be written in a format.
public enum ImageEncodingError: Error, Sendable, Equatable {
  /// JPEG has neither alpha nor 16 bits: blend and reduce the picture first.
  case layoutNotStorable(ImageFormat, Image.Layout, bitDepth: Int)
  /// A side is longer than the format can say.
  case tooLarge(ImageFormat, width: Int, height: Int, longestSide: Int)
  /// A text whose keyword PNG does not allow.
  case invalidKeyword(String)
  /// The library refused, in its own words.
  case refused(ImageFormat, message: String)
  case outOfMemory
}
