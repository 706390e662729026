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
  /// Every pixel is written as a square of so many: as a picture enlarged beforehand, much sooner.
  public var zoom: Int
  public var texts: [ImageText]

  public init(
    level: Int = 6, mayUsePalette: Bool = true, zoom: Int = 1, texts: [ImageText] = []
  ) {
    precondition((0...9).contains(level), "a compression level is 0 to 9, not \(level)")
    precondition(zoom > 0, "pixels cannot be enlarged \(zoom) times")
    self.level = level
    self.mayUsePalette = mayUsePalette
    self.zoom = zoom
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

  /// Encodes a PNG of rows that are made as they are wanted, some at a time from the top: a large
  /// picture then need not be in memory. The bytes are those of the whole picture. Where few colours
  /// occur, rows are made three times.
  ///
  /// - Parameter rows: the bytes of these rows, 8 bits a sample, as in ``Image/Samples/eight(_:)``.
  public static func png(
    width: Int, height: Int, layout: Image.Layout, _ options: PNGOptions = PNGOptions(),
    rows: @escaping (Range<Int>) -> [UInt8]
  ) throws(ImageEncodingError) -> [UInt8] {
    try check(options, width: width, height: height)
    let indexed =
      options.mayUsePalette ? IndexedRows(height: height, layout: layout, rows: rows) : nil
    return try smaller(
      PNGEncoding(width: width, height: height, layout: layout, options: options, rows: rows),
      indexed.map {
        PNGEncoding(width: width, height: height, $0, options: options, rows: rows)
      }, layout, options
    ).array
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
    try check(options, width: image.width, height: image.height)
    let indexed = options.mayUsePalette ? IndexedImage(image) : nil
    return try smaller(
      PNGEncoding(image, options: options),
      indexed.map { PNGEncoding($0, options: options) }, image.layout, options)
  }

  /// What takes fewer bytes: pixels of their own, or numbers of a palette's colours where those are
  /// few.
  private static func smaller(
    _ own: PNGEncoding, _ indexed: PNGEncoding?, _ layout: Image.Layout, _ options: PNGOptions
  ) throws(ImageEncodingError) -> EncodedBytes {
    // Squares of few colours are about as many bytes either way.
    if let indexed, options.zoom > 1, !layout.isGrey { return try indexed.run() }
    let direct = try own.run()
    guard let indexed else { return direct }
    let small = try indexed.run()
    return small.count < direct.count ? small : direct
  }

  private static func encodedJPEG(
    _ image: Image, _ options: JPEGOptions
  ) throws(ImageEncodingError) -> EncodedBytes {
    guard case .eight(let samples) = image.samples, !image.layout.hasAlpha else {
      throw .layoutNotStorable(.jpeg, image.layout, bitDepth: image.samples.bitDepth)
    }
    try checkSides(.jpeg, width: image.width, height: image.height, longest: 65500)
    return try encodeJPEG(image, samples, options)
  }

  private static func check(
    _ options: PNGOptions, width: Int, height: Int
  ) throws(ImageEncodingError) {
    for text in options.texts where !text.hasValidKeyword { throw .invalidKeyword(text.keyword) }
    try checkSides(.png, width: width, height: height, longest: Int(Int32.max) / options.zoom)
  }

  private static func checkSides(
    _ format: ImageFormat, width: Int, height: Int, longest: Int
  ) throws(ImageEncodingError) {
    guard max(width, height) > longest else { return }
    throw .tooLarge(format, width: width, height: height, longestSide: longest)
  }
}
