import CImageCodecs

/// One run of a C decoder: the header first, then the pixels straight into the memory of the
/// finished `Image`, a JPEG's turned upright on their way.
@unsafe struct Decoding {
  let format: ImageFormat
  let bytes: UnsafeBufferPointer<UInt8>
  let options: ImageDecoder.Options

  func run(_ orientation: Orientation) throws(ImageDecodingError) -> DecodedImage {
    let header = try unsafe readHeader()
    let layout = header.layout
    let asked = unsafe options.appliesOrientation ? orientation : .upright
    // What libpng hands out may be a coarse picture first: it is turned afterwards.
    let (onTheWay, afterwards) =
      unsafe format == .jpeg ? (asked, Orientation.upright) : (.upright, asked)
    let reduction = unsafe reduction(header, asked)
    let (width, height) = (header.width(reducedBy: reduction), header.height(reducedBy: reduction))
    let count = width * height * layout.channelCount
    let turning = Turning(
      onTheWay, storedWidth: width, storedHeight: height,
      pixelSize: layout.channelCount * Int(header.bytesPerSample))
    let placing = onTheWay == .upright ? nil : turning
    let pixels =
      header.bytesPerSample == 2
      ? unsafe Pixels(
        of: UInt16.self, count: count, reduction, Image.Samples.sixteen, from: self, placing)
      : unsafe Pixels(
        of: UInt8.self, count: count, reduction, Image.Samples.eight, from: self, placing)
    let warnings = try unsafe judge(pixels.outcome, header)
    let image = Image(
      width: turning.width, height: turning.height, layout: layout, samples: pixels.samples)
    let (fullWidth, fullHeight) =
      asked.swapsSides
      ? (Int(header.height), Int(header.width)) : (Int(header.width), Int(header.height))
    return unsafe DecodedImage(
      image: image.oriented(afterwards), fullWidth: fullWidth, fullHeight: fullHeight,
      stored: StoredImage(format: format, header: header, orientation: orientation),
      texts: pixels.texts, warnings: warnings)
  }

  /// By what the picture is divided while it is decoded: 1, 2, 4 or 8.
  private func reduction(_ header: CImageCodecsHeader, _ orientation: Orientation) -> Int {
    guard unsafe format == .jpeg, let least = unsafe options.leastSize else { return 1 }
    let (width, height) =
      orientation.swapsSides ? (least.height, least.width) : (least.width, least.height)
    return [8, 4, 2].first {
      header.width(reducedBy: $0) >= width && header.height(reducedBy: $0) >= height
    } ?? 1
  }

  private func readHeader() throws(ImageDecodingError) -> CImageCodecsHeader {
    var header = CImageCodecsHeader()
    let outcome = unsafe CodecOutcome { report in
      switch unsafe format {
      case .png:
        unsafe CImageCodecsInspectPNG(
          bytes.baseAddress!, bytes.count, limits, options.isLenient, &header, report)
      case .jpeg:
        unsafe CImageCodecsInspectJPEG(bytes.baseAddress!, bytes.count, limits, &header, report)
      }
    }
    if let error = unsafe error(for: outcome, header, rows: nil) { throw error }
    return header
  }

  var limits: CImageCodecsLimits {
    unsafe CImageCodecsLimits(
      pixels: UInt64(options.limits.pixels), bytes: UInt64(options.limits.bytes))
  }

  /// Warnings about pixels that may be used; throws when they may not.
  private func judge(
    _ outcome: CodecOutcome, _ header: CImageCodecsHeader
  ) throws(ImageDecodingError) -> [ImageWarning] {
    let rows = CompleteRows(outcome.completeRows, of: Int(header.height))
    let mayUse = unsafe options.isLenient && outcome.isPartial
    if let error = unsafe error(for: outcome, header, rows: rows) {
      switch error {
      case .truncated where mayUse: return [.truncated(rows: rows, message: outcome.message)]
      case .damaged where mayUse, .checksum where mayUse:
        return [.damaged(rows: rows, message: outcome.message)]
      default: throw error
      }
    }
    var warnings: [ImageWarning] = []
    if outcome.complaints > 0 {
      warnings.append(.complaints(outcome.complaints, message: outcome.message))
    }
    if outcome.trailingBytes > 0 { warnings.append(.trailingBytes(outcome.trailingBytes)) }
    return warnings
  }

  private func error(
    for outcome: CodecOutcome, _ header: CImageCodecsHeader, rows: CompleteRows?
  ) -> ImageDecodingError? {
    let (width, height) = (Int(header.width), Int(header.height))
    let message = outcome.message
    switch outcome.status {
    case .ok: return nil
    case .truncated:
      return unsafe .truncated(format, byteCount: bytes.count, rows: rows, message: message)
    case .damaged: return unsafe .damaged(format, rows: rows, message: message)
    case .checksum: return .checksum(rows: rows, message: message)
    case .zeroSize: return unsafe .zeroSize(format)
    case .tooManyPixels:
      return unsafe .tooManyPixels(width: width, height: height, limit: options.limits.pixels)
    case .tooManyBytes:
      let samples = width * height * Int(header.channels)
      return unsafe .tooManyBytes(
        width: width, height: height, needed: samples * Int(header.bytesPerSample),
        limit: options.limits.bytes)
    case .unsupported: return unsafe .unsupported(format, message: message)
    case .outOfMemory: return .outOfMemory(width: width, height: height)
    }
  }
}

/// What the second call of a run gives.
private struct Pixels {
  let samples: Image.Samples
  let texts: [ImageText]
  let outcome: CodecOutcome

  init<Sample: FixedWidthInteger>(
    of type: Sample.Type, count: Int, _ reduction: Int, _ wrap: ([Sample]) -> Image.Samples,
    from run: Decoding,
    _ turning: Turning?
  ) {
    var texts = unsafe CImageCodecsTexts()
    var outcome: CodecOutcome?
    let values = unsafe [Sample](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      // What never arrives is black and transparent.
      if unsafe run.options.isLenient { unsafe buffer.initialize(repeating: 0) }
      let samples = UnsafeMutableRawPointer(buffer.baseAddress!)
      let size = count * MemoryLayout<Sample>.stride
      let end = unsafe CodecOutcome { report in
        switch unsafe run.format {
        case .png:
          unsafe CImageCodecsDecodePNG(
            run.bytes.baseAddress!, run.bytes.count, run.limits, run.options.isLenient, samples,
            size, &texts, report)
        case .jpeg:
          unsafe BandPlacing(turning, in: samples).withBands { bands in
            unsafe CImageCodecsDecodeJPEG(
              run.bytes.baseAddress!, run.bytes.count, run.limits, samples, size,
              UInt32(reduction), bands, report)
          }
        }
      }
      // After an error without `isLenient` samples may never have been written.
      let mayUse = unsafe run.options.isLenient && end.isPartial
      initializedCount = end.status == .ok || mayUse ? count : 0
      outcome = end
    }
    self.samples = wrap(values)
    self.outcome = outcome!
    self.texts = unsafe (0..<texts.count).map { unsafe ImageText(texts.entries![$0]) }
    unsafe CImageCodecsFreeTexts(&texts)
  }
}

/// Puts decoded rows where a turned picture has them.
@unsafe private struct BandPlacing {
  let turning: Turning?
  let target: UnsafeMutableRawPointer

  init(_ turning: Turning?, in target: UnsafeMutableRawPointer) {
    unsafe self.turning = turning
    unsafe self.target = unsafe target
  }

  /// Lends what the C decoder calls with each band; nil where rows may stay as they come.
  func withBands(
    _ body: (UnsafePointer<CImageCodecsBands>?) -> CImageCodecsStatus
  ) -> CImageCodecsStatus {
    guard unsafe turning != nil else { return body(nil) }
    return unsafe withUnsafePointer(to: self) { context in
      var bands = unsafe CImageCodecsBands(
        context: UnsafeMutableRawPointer(mutating: context),
        take: { context, rows, first, count in
          let placing = unsafe context.load(as: BandPlacing.self)
          unsafe placing.turning!.place(
            rows, first: Int(first), count: Int(count), in: placing.target)
        })
      return unsafe withUnsafePointer(to: &bands) { unsafe body($0) }
    }
  }
}

extension ImageText {
  fileprivate init(_ entry: CImageCodecsText) {
    let bytes = unsafe UnsafeRawBufferPointer(start: entry.text, count: entry.textLength)
    let text =
      unsafe entry.isInternational
      ? String(decoding: bytes, as: UTF8.self) : String(latin1: bytes)
    unsafe self.init(
      keyword: String(latin1: zeroTerminated(entry.keyword)), text: text,
      language: String(cString: entry.language),
      translatedKeyword: String(cString: entry.translatedKeyword))
  }
}

private func zeroTerminated(_ start: UnsafePointer<CChar>) -> [UInt8] {
  var bytes: [UInt8] = []
  while unsafe start[bytes.count] != 0 {
    unsafe bytes.append(UInt8(bitPattern: start[bytes.count]))
  }
  return bytes
}

extension String {
  fileprivate init(latin1 bytes: some Sequence<UInt8>) {
    self.init(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

extension CImageCodecsHeader {
  /// As libjpeg rounds: what is left over is a pixel too.
  fileprivate func width(reducedBy divisor: Int) -> Int {
    (Int(width) + divisor - 1) / divisor
  }

  fileprivate func height(reducedBy divisor: Int) -> Int {
    (Int(height) + divisor - 1) / divisor
  }

  fileprivate var layout: Image.Layout {
    switch channels {
    case 1: .grey
    case 2: .greyAlpha
    case 3: .rgb
    case 4: .rgba
    default: preconditionFailure("a codec announced \(channels) channels")
    }
  }
}

extension StoredImage {
  fileprivate init(format: ImageFormat, header: CImageCodecsHeader, orientation: Orientation) {
    self.init(
      format: format, width: Int(header.width), height: Int(header.height),
      colour: Colour(header.storedColour), bitDepth: Int(header.storedDepth),
      hasTransparencyChunk: header.hasTransparencyChunk, isProgressive: header.isProgressive,
      isArithmetic: header.isArithmetic, chromaAcross: Int(header.chromaAcross),
      chromaDown: Int(header.chromaDown), orientation: orientation)
  }
}

extension StoredImage.Colour {
  fileprivate init(_ colour: CImageCodecsColour) {
    switch colour {
    case .grey: self = .grey
    case .greyAlpha: self = .greyAlpha
    case .RGB: self = .rgb
    case .RGBA: self = .rgba
    case .palette: self = .palette
    case .yCbCr: self = .yCbCr
    case .CMYK: self = .cmyk
    case .YCCK: self = .ycck
    }
  }
}
