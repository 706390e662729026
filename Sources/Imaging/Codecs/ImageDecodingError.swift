/// Why bytes are not a picture that we can show.
public enum ImageDecodingError: Error, Sendable, Equatable {
  case empty
  /// A kind of file that is known, and not decoded here.
  case foreign(ForeignFormat)
  /// Nothing that is known; at most 16 bytes of it.
  case unknown(firstBytes: [UInt8])
  /// The bytes end before the picture does. `completeRows` of `height` rows are there; 0 when
  /// nothing final is, nil when not even the header is.
  case truncated(ImageFormat, byteCount: Int, rows: CompleteRows?, message: String)
  /// The bytes break the format's rules; the library's own words.
  case damaged(ImageFormat, rows: CompleteRows?, message: String)
  /// The check sum of a PNG's chunk does not match; the library's own words name the chunk.
  case checksum(rows: CompleteRows?, message: String)
  /// The header says that the picture has no rows or no columns.
  case zeroSize(ImageFormat)
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// `needed` is what the decoded pixels take; less than the limit if it is the library's working
  /// memory that passes it.
  case tooManyBytes(width: Int, height: Int, needed: Int, limit: Int)
  /// Allowed by the format and not decoded by the library (12-bit and lossless JPEG, ...).
  case unsupported(ImageFormat, message: String)
  case outOfMemory(width: Int, height: Int)
}

/// How much of a picture arrived.
public struct CompleteRows: Sendable, Equatable {
  /// Rows that are certainly as they were stored; 0 while a picture stored coarse to fine is only
  /// coarsely known.
  public let count: Int
  public let height: Int

  public init(_ count: Int, of height: Int) {
    self.count = count
    self.height = height
  }
}
