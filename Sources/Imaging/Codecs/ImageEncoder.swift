/// A format to write, and how.
public enum ImageEncoding: Sendable, Equatable {
  case png(PNGOptions)
  case jpeg(JPEGOptions)

  public var format: ImageFormat {
    switch self {
    case .png: .png
    case .jpeg: .jpeg
    }
  }
}

/// How a PNG is written.
public struct PNGOptions: Sendable, Equatable {
  /// zlib's 0 (stored) to 9 (smallest). 6, its own default, is the usual compromise.
  public var level: Int
  /// Look whether at most 256 colours occur and a palette makes the file smaller.
  public var mayUsePalette: Bool
  public var texts: [ImageText]

  public init(level: Int = 6, mayUsePalette: Bool = true, texts: [ImageText] = []) {
    precondition((0...9).contains(level), "a compression level is 0 to 9, not \(level)")
    self.level = level
    self.mayUsePalette = mayUsePalette
    self.texts = texts
  }
}

/// How a JPEG is written.
public struct JPEGOptions: Sendable, Equatable {
  /// libjpeg's 1 to 100.
  public var quality: Int
  public var subsampling: Subsampling
  public var isProgressive: Bool

  /// How many pixels share a colour (brightness is never shared).
  public enum Subsampling: Sendable, Hashable, CaseIterable {
    /// 4:4:4: none do.
    case none
    /// 4:2:2: two side by side.
    case horizontal
    /// 4:2:0: squares of four.
    case both
  }

  public init(
    quality: Int = 90, subsampling: Subsampling = .both, isProgressive: Bool = false
  ) {
    precondition((1...100).contains(quality), "a quality is 1 to 100, not \(quality)")
    self.quality = quality
    self.subsampling = subsampling
    self.isProgressive = isProgressive
  }
}

/// A picture to PNG or JPEG bytes. The same picture and options give the same bytes.
public enum ImageEncoder {
  public static func encode(
    _ image: Image, as encoding: ImageEncoding
  ) throws(ImageEncodingError) -> [UInt8] {
    try encoded(image, as: encoding).array
  }

  /// Encodes a PNG of the image's own layout and depth, or with a palette where that is smaller.
  public static func png(
    _ image: Image, _ options: PNGOptions = PNGOptions()
  ) throws(ImageEncodingError) -> [UInt8] {
    try encoded(image, as: .png(options)).array
  }

  /// Encodes a JPEG of 8-bit grey or RGB.
  public static func jpeg(
    _ image: Image, _ options: JPEGOptions = JPEGOptions()
  ) throws(ImageEncodingError) -> [UInt8] {
    try encoded(image, as: .jpeg(options)).array
  }

  /// Encodes without copying what the library wrote.
  static func encoded(
    _ image: Image, as encoding: ImageEncoding
  ) throws(ImageEncodingError) -> EncodedBytes {
    switch encoding {
    case .png(let options): try encodedPNG(image, options)
    case .jpeg(let options): try encodedJPEG(image, options)
    }
  }

  private static func encodedPNG(
    _ image: Image, _ options: PNGOptions
  ) throws(ImageEncodingError) -> EncodedBytes {
    for text in options.texts where !text.hasValidKeyword { throw .invalidKeyword(text.keyword) }
    try checkSides(of: image, .png, longest: Int(Int32.max))
    let direct = try PNGEncoding(image, options: options).run()
    guard options.mayUsePalette, let indexed = IndexedImage(image) else { return direct }
    let small = try PNGEncoding(indexed, options: options).run()
    return small.count < direct.count ? small : direct
  }

  private static func encodedJPEG(
    _ image: Image, _ options: JPEGOptions
  ) throws(ImageEncodingError) -> EncodedBytes {
    guard case .eight(let samples) = image.samples, !image.layout.hasAlpha else {
      throw .layoutNotStorable(.jpeg, image.layout, bitDepth: image.samples.bitDepth)
    }
    try checkSides(of: image, .jpeg, longest: 65500)
    return try encodeJPEG(image, samples, options)
  }

  private static func checkSides(
    of image: Image, _ format: ImageFormat, longest: Int
  ) throws(ImageEncodingError) {
    guard max(image.width, image.height) > longest else { return }
    throw .tooLarge(format, width: image.width, height: image.height, longestSide: longest)
  }
}
