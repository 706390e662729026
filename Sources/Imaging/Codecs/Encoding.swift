import CImageCodecs

/// One run of the C encoder for PNG.
struct PNGEncoding {
  private let width: Int
  private let height: Int
  private let channels: Int
  private let source: Source
  private let palette: [SIMD4<UInt8>]
  private let options: PNGOptions

  private enum Source {
    case samples(Image.Samples)

    /// Rows of bytes, made as they are wanted.
    case rows((Range<Int>) -> [UInt8])
  }

  init(_ image: Image, options: PNGOptions) {
    (width, height, channels) = (image.width, image.height, image.layout.channelCount)
    (source, palette) = (.samples(image.samples), [])
    self.options = options
  }

  init(_ image: IndexedImage, options: PNGOptions) {
    (width, height, channels) = (image.width, image.height, 1)
    (source, palette) = (.samples(.eight(image.indices)), image.palette)
    self.options = options
  }

  init(
    width: Int, height: Int, layout: Image.Layout, options: PNGOptions,
    rows: @escaping (Range<Int>) -> [UInt8]
  ) {
    (self.width, self.height, channels) = (width, height, layout.channelCount)
    (source, palette) = (.rows(rows), [])
    self.options = options
  }

  init(
    width: Int, height: Int, _ indexed: IndexedRows, options: PNGOptions,
    rows: @escaping (Range<Int>) -> [UInt8]
  ) {
    (self.width, self.height, channels) = (width, height, 1)
    (source, palette) = (.rows { indexed.indices(of: rows($0)) }, indexed.palette)
    self.options = options
  }

  func run() throws(ImageEncodingError) -> EncodedBytes {
    switch source {
    case .samples(let samples):
      try unsafe encoded { encoded, report, settings in
        unsafe samples.withBytes { pixels in
          unsafe CImageCodecsEncodePNG(
            picture(bitDepth: samples.bitDepth, pixels.baseAddress!, nil), settings, encoded,
            report)
        }
      }
    case .rows(let rows):
      try unsafe encoded { encoded, report, settings in
        unsafe GivenRows(bytesEach: width * channels, make: rows).withRows { rows in
          unsafe CImageCodecsEncodePNG(picture(bitDepth: 8, nil, rows), settings, encoded, report)
        }
      }
    }
  }

  private func picture(
    bitDepth: Int, _ samples: UnsafeRawPointer?, _ rows: UnsafePointer<CImageCodecsRows>?
  ) -> CImageCodecsPicture {
    unsafe CImageCodecsPicture(
      width: UInt32(width), height: UInt32(height), channels: UInt8(channels),
      bytesPerSample: UInt8(bitDepth / 8), samples: samples, rows: rows)
  }

  /// Lends the settings to the call.
  private func encoded(
    by call: (
      UnsafeMutablePointer<CImageCodecsBytes>, UnsafeMutablePointer<CImageCodecsReport>,
      CImageCodecsPNGSettings
    ) -> CImageCodecsStatus
  ) throws(ImageEncodingError) -> EncodedBytes {
    let colours = palette.flatMap { [$0.x, $0.y, $0.z, $0.w] }
    let chunks = options.texts.map(TextChunk.init)
    return try unsafe Imaging.encoded(.png) { encoded, report in
      unsafe withEntries(of: chunks) { entries in
        unsafe colours.withUnsafeBufferPointer { colours in
          unsafe call(
            encoded, report,
            CImageCodecsPNGSettings(
              level: Int32(options.level), zoom: UInt32(options.zoom),
              palette: colours.baseAddress, paletteCount: UInt16(palette.count),
              texts: entries.baseAddress, textCount: entries.count))
        }
      }
    }
  }
}

/// Hands rows to the C encoder.
private struct GivenRows {
  let bytesEach: Int
  let make: (Range<Int>) -> [UInt8]

  /// Lends what the C encoder calls for each band.
  func withRows(
    _ body: (UnsafePointer<CImageCodecsRows>) -> CImageCodecsStatus
  ) -> CImageCodecsStatus {
    unsafe withUnsafePointer(to: self) { context in
      var rows = unsafe CImageCodecsRows(
        context: UnsafeMutableRawPointer(mutating: context),
        give: { context, target, first, count in
          let given = unsafe context.assumingMemoryBound(to: GivenRows.self).pointee
          let bytes = given.make(Int(first)..<Int(first + count))
          precondition(
            bytes.count == Int(count) * given.bytesEach,
            "\(count) rows of \(given.bytesEach) bytes are not \(bytes.count)")
          unsafe bytes.withUnsafeBytes {
            unsafe target.copyMemory(from: $0.baseAddress!, byteCount: bytes.count)
          }
        })
      return unsafe withUnsafePointer(to: &rows) { unsafe body($0) }
    }
  }
}

/// Runs the C encoder for JPEG.
func encodeJPEG(
  _ image: Image, _ samples: [UInt8], _ options: JPEGOptions
) throws(ImageEncodingError) -> EncodedBytes {
  try unsafe encoded(.jpeg) { encoded, report in
    unsafe samples.withUnsafeBytes { pixels in
      unsafe CImageCodecsEncodeJPEG(
        CImageCodecsPicture(
          width: UInt32(image.width), height: UInt32(image.height),
          channels: UInt8(image.layout.channelCount), bytesPerSample: 1,
          samples: pixels.baseAddress!, rows: nil),
        CImageCodecsJPEGSettings(
          quality: Int32(options.quality),
          chromaAcross: options.subsampling == .none ? 1 : 2,
          chromaDown: options.subsampling == .both ? 2 : 1,
          isProgressive: options.isProgressive),
        encoded, report)
    }
  }
}

/// An encoded file where the C encoder left it.
@safe struct EncodedBytes: ~Copyable {
  private let bytes: CImageCodecsBytes

  fileprivate init(owning bytes: CImageCodecsBytes) { unsafe self.bytes = unsafe bytes }

  deinit {
    var bytes = unsafe bytes
    unsafe CImageCodecsFreeBytes(&bytes)
  }

  var count: Int { unsafe bytes.count }

  var array: [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: bytes.bytes, count: bytes.count))
  }

  func withBytes<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try unsafe body(UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.count))
  }
}

/// Makes the call and takes over the bytes it gives.
private func encoded(
  _ format: ImageFormat,
  by call: (UnsafeMutablePointer<CImageCodecsBytes>, UnsafeMutablePointer<CImageCodecsReport>) ->
    CImageCodecsStatus
) throws(ImageEncodingError) -> EncodedBytes {
  var bytes = unsafe CImageCodecsBytes()
  let outcome = unsafe CodecOutcome { report in unsafe call(&bytes, report) }
  let encoded = unsafe EncodedBytes(owning: bytes)
  switch outcome.status {
  case .ok: return encoded
  case .outOfMemory: throw .outOfMemory
  case .truncated, .damaged, .checksum, .zeroSize, .tooManyPixels, .tooManyBytes, .unsupported:
    throw .refused(format, message: outcome.message)
  }
}

/// A text chunk's strings as PNG stores them: ended by zeros, Latin-1 or UTF-8.
private struct TextChunk {
  let keyword: [UInt8]
  let text: [UInt8]
  let language: [UInt8]
  let translatedKeyword: [UInt8]
  let isInternational: Bool

  init(_ text: ImageText) {
    isInternational = !text.isLatin
    keyword = text.keyword.unicodeScalars.map { UInt8($0.value) } + [0]
    self.text =
      (isInternational
        ? Array(text.text.utf8.filter { $0 != 0 })
        : text.text.unicodeScalars.map { UInt8($0.value) }) + [0]
    language = Array(text.language.utf8.filter { $0 != 0 }) + [0]
    translatedKeyword = Array(text.translatedKeyword.utf8.filter { $0 != 0 }) + [0]
  }

  /// From a kilobyte on compression pays.
  var isCompressed: Bool { text.count > 1024 }

  /// The strings after each other in one block.
  var bytes: [UInt8] { keyword + text + language + translatedKeyword }
}

/// Lends C entries whose strings live as long as the call.
private func withEntries<Result>(
  of chunks: [TextChunk], _ body: (UnsafeBufferPointer<CImageCodecsText>) -> Result
) -> Result {
  let bytes = chunks.flatMap(\.bytes)
  return unsafe bytes.withUnsafeBytes { block in
    var entries: [CImageCodecsText] = unsafe []
    var place = 0
    func take(_ string: [UInt8]) -> UnsafePointer<CChar> {
      defer { place += string.count }
      return unsafe (block.baseAddress! + place).assumingMemoryBound(to: CChar.self)
    }
    for chunk in chunks {
      unsafe entries.append(
        CImageCodecsText(
          keyword: take(chunk.keyword), text: take(chunk.text), textLength: chunk.text.count - 1,
          language: take(chunk.language), translatedKeyword: take(chunk.translatedKeyword),
          isInternational: chunk.isInternational, isCompressed: chunk.isCompressed))
    }
    return unsafe entries.withUnsafeBufferPointer { unsafe body($0) }
  }
}

extension Image.Samples {
  fileprivate func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .eight(let values): unsafe values.withUnsafeBytes { unsafe body($0) }
    case .sixteen(let values): unsafe values.withUnsafeBytes { unsafe body($0) }
    }
  }
}
