import Imaging

/// What is done to each picture, from its file to its new file.
struct PictureConversion: Sendable {
  let decoding: ImageDecoder.Options
  let resizing: Resizing
  let filter: ResamplingMethod
  let isGrey: Bool
  let depth: ConvertOptions.Depth?
  let png: PNGOptions
  let jpeg: JPEGOptions

  enum Resizing: Sendable, Equatable {
    case none
    case exactly(PixelSize)
    case longestSide(Int)
  }

  init(_ arguments: Arguments) throws(UsageError) {
    let pixelLimit = arguments[ConvertOptions.pixelLimit]
    let byDefault = ImageLimits()
    // Sixteen bytes a pixel are room for RGBA of 16 bits and for a progressive JPEG's own memory.
    let (needed, isTooLarge) = pixelLimit.multipliedReportingOverflow(by: 16)
    decoding = ImageDecoder.Options(
      limits: ImageLimits(
        pixels: pixelLimit, bytes: max(byDefault.bytes, isTooLarge ? Int.max : needed)),
      isLenient: arguments[ConvertOptions.lenient],
      appliesOrientation: !arguments[ConvertOptions.keepOrientation])
    switch (arguments[ConvertOptions.size], arguments[ConvertOptions.longestSide]) {
    case (nil, nil): resizing = .none
    case (let size?, nil): resizing = .exactly(size)
    case (nil, let side?): resizing = .longestSide(side)
    case (_?, _?): throw .conflictingOptions("--size", "--max-side")
    }
    filter = arguments[ConvertOptions.filter]
    isGrey = arguments[ConvertOptions.grey]
    depth = arguments[ConvertOptions.depth]
    png = PNGOptions(level: arguments[ConvertOptions.compression])
    jpeg = JPEGOptions(
      quality: arguments[ConvertOptions.quality],
      subsampling: arguments[ConvertOptions.subsampling].subsampling,
      isProgressive: arguments[ConvertOptions.progressive])
  }

  /// Reads, converts and writes one picture.
  func run(_ step: ConversionStep) throws(ConversionFailure) -> ConvertedPicture {
    do {
      return try convert(step)
    } catch {
      throw ConversionFailure(error: error, wasLenient: decoding.isLenient)
    }
  }

  private func convert(_ step: ConversionStep) throws(ImageFileError) -> ConvertedPicture {
    let decoded = try ImageFile.read(step.input, options: decoding)
    let picture = fitting(converted(decoded.image), step.format)
    try ImageFile.write(picture, to: step.output, as: encoding(step.format, decoded.texts))
    return ConvertedPicture(picture, from: decoded)
  }

  private func converted(_ image: Image) -> Image {
    // Grey first: resizing one channel is a third of the work.
    let coloured = isGrey ? image.converted(to: image.layout.hasAlpha ? .greyAlpha : .grey) : image
    let resized =
      switch resizing {
      case .none: coloured
      case .exactly(let size):
        coloured.resized(width: size.width, height: size.height, method: filter)
      case .longestSide(let side): shrunk(coloured, toLongestSide: side)
      }
    return switch depth {
    case .eight?: resized.withEightBits()
    case .sixteen?: resized.withSixteenBits()
    case nil: resized
    }
  }

  private func shrunk(_ image: Image, toLongestSide limit: Int) -> Image {
    let longest = max(image.width, image.height)
    if longest <= limit { return image }
    func side(_ length: Int) -> Int { max(1, (length * limit + longest / 2) / longest) }
    return image.resized(width: side(image.width), height: side(image.height), method: filter)
  }

  /// The picture as the format can hold it: a JPEG has 8 bits and no alpha.
  private func fitting(_ image: Image, _ format: ImageFormat) -> Image {
    switch format {
    case .png: image
    case .jpeg: image.withEightBits().converted(to: image.layout.isGrey ? .grey : .rgb)
    }
  }

  private func encoding(_ format: ImageFormat, _ texts: [ImageText]) -> ImageEncoding {
    switch format {
    case .png:
      var options = png
      options.texts = texts.filter(\.hasValidKeyword)
      return .png(options)
    case .jpeg:
      return .jpeg(jpeg)
    }
  }
}

/// What became of a picture.
struct ConvertedPicture: Sendable {
  let width: Int
  let height: Int
  let layout: Image.Layout
  let bitDepth: Int
  /// Of the file it came from.
  let storedFormat: ImageFormat
  let warnings: [ImageWarning]

  init(_ image: Image, from decoded: DecodedImage) {
    width = image.width
    height = image.height
    layout = image.layout
    bitDepth = image.samples.bitDepth
    storedFormat = decoded.stored.format
    warnings = decoded.warnings
  }
}
