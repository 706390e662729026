/// How large a picture may be to be decoded. A few bytes of a file can ask for terabytes of
/// memory; the header is held against these before anything of its size is allocated.
public struct ImageLimits: Sendable, Equatable {
  /// Rows times columns.
  public var pixels: Int
  /// Of decoded pixels, and of libjpeg's own memory for progressive pictures.
  public var bytes: Int

  /// 100 megapixels and 1 GiB, unless told otherwise.
  public init(pixels: Int = 100_000_000, bytes: Int = 1 << 30) {
    precondition(pixels > 0 && bytes > 0, "limits are positive, not \(pixels) and \(bytes)")
    self.pixels = pixels
    self.bytes = bytes
  }
}
