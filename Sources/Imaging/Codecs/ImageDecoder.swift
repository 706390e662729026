/// PNG and JPEG bytes to a picture. What the bytes are is judged by their beginning.
public enum ImageDecoder {
  public struct Options: Sendable, Equatable {
    public var limits: ImageLimits
    /// Take what is there of a truncated or damaged picture, and say so in a warning.
    public var isLenient: Bool
    /// Turn the picture upright as EXIF says.
    public var appliesOrientation: Bool
    /// A JPEG may come out a half, a quarter or an eighth as large, by the scaling of its own
    /// transform, which is quicker and takes less memory, as long as it has at least so many pixels
    /// across and down.
    public var leastSize: LeastSize?

    public struct LeastSize: Sendable, Hashable {
      public var width: Int
      public var height: Int

      public init(width: Int, height: Int) {
        self.width = width
        self.height = height
      }
    }

    public init(
      limits: ImageLimits = ImageLimits(), isLenient: Bool = false, appliesOrientation: Bool = true,
      leastSize: LeastSize? = nil
    ) {
      self.leastSize = leastSize
      self.limits = limits
      self.isLenient = isLenient
      self.appliesOrientation = appliesOrientation
    }
  }

  /// Decodes a picture.
  ///
  /// Palettes become RGB, 1, 2 and 4 bits 8, transparent colours an alpha channel; YCbCr, CMYK and
  /// YCCK become RGB. No gamma is undone and no colour profile applied.
  public static func decode(
    _ bytes: [UInt8], options: Options = Options()
  ) throws(ImageDecodingError) -> DecodedImage {
    try decode(bytes.span, options: options)
  }

  /// Decodes a picture from borrowed bytes.
  public static func decode(
    _ bytes: Span<UInt8>, options: Options = Options()
  ) throws(ImageDecodingError) -> DecodedImage {
    let format = try format(of: bytes)
    let orientation = format.orientation(in: bytes)
    return try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(ImageDecodingError) in
      try unsafe Decoding(format: format, bytes: buffer, options: options).run(orientation)
    }
  }

  private static func format(of bytes: Span<UInt8>) throws(ImageDecodingError) -> ImageFormat {
    let head = (0..<min(bytes.count, RecognizedContent.reach)).map { bytes[$0] }
    switch RecognizedContent(beginning: head) {
    case .image(let format): return format
    case .foreign(let format): throw .foreign(format)
    case .empty: throw .empty
    case .unknown(let firstBytes): throw .unknown(firstBytes: firstBytes)
    }
  }
}

extension ImageFormat {
  fileprivate func orientation(in bytes: Span<UInt8>) -> Orientation {
    switch self {
    case .png: EXIF.orientation(inPNG: bytes)
    case .jpeg: EXIF.orientation(inJPEG: bytes)
    }
  }
}
