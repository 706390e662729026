import Imaging
import TestSupport
import Testing

/// How reading a file ended, without the library's words (they change from version to version).
enum Ending: Equatable, CustomTestStringConvertible {
  case decoded
  case decodedWithComplaint
  case decodedWithTrailingBytes
  /// Only leniently: with a warning that pixels are missing or wrong.
  case decodedInPart
  case empty
  case foreign(ForeignFormat)
  case unknown
  case truncated
  case damaged
  case checksum
  case zeroSize
  case tooManyPixels
  case tooManyBytes
  case unsupported
  case outOfMemory

  init(reading name: String, lenient: Bool) throws {
    let path = Fixtures.path("damaged/" + name)
    do {
      let options = ImageDecoder.Options(isLenient: lenient)
      self.init(try ImageFile.read(path, options: options).warnings)
    } catch {
      guard case .notDecoded(path, let reason) = error else { throw error }
      self.init(reason)
    }
  }

  private init(_ warnings: [ImageWarning]) {
    switch warnings.first {
    case nil: self = .decoded
    case .truncated, .damaged: self = .decodedInPart
    case .trailingBytes: self = .decodedWithTrailingBytes
    case .complaints: self = .decodedWithComplaint
    }
  }

  init(_ error: ImageDecodingError) {
    switch error {
    case .empty: self = .empty
    case .foreign(let format): self = .foreign(format)
    case .unknown: self = .unknown
    case .truncated: self = .truncated
    case .damaged: self = .damaged
    case .checksum: self = .checksum
    case .zeroSize: self = .zeroSize
    case .tooManyPixels: self = .tooManyPixels
    case .tooManyBytes: self = .tooManyBytes
    case .unsupported: self = .unsupported
    case .outOfMemory: self = .outOfMemory
    }
  }

  var testDescription: String { "\(self)" }
}

@Suite struct DamagedFileTests {
  /// What every file ends in, and what it ends in leniently where that differs.
  static let endings: [(name: String, strict: Ending, lenient: Ending?)] = [
    ("empty.png", .empty, nil),
    ("gif.png", .foreign(.gif), nil),
    ("webp.png", .foreign(.webP), nil),
    ("tiff.png", .foreign(.tiff), nil),
    ("tiff-big-endian.png", .foreign(.tiff), nil),
    ("bmp.jpg", .foreign(.bmp), nil),
    ("heic.jpg", .foreign(.heic), nil),
    ("avif.png", .foreign(.avif), nil),
    ("jpeg-xl.jpg", .foreign(.jpegXL), nil),
    ("jpeg-2000.jpg", .foreign(.jpeg2000), nil),
    ("icon.png", .foreign(.icon), nil),
    ("photoshop.png", .foreign(.photoshop), nil),
    ("netpbm.png", .foreign(.netpbm), nil),
    ("idx.png", .foreign(.idx), nil),
    ("numpy.png", .foreign(.numpy), nil),
    ("pdf.jpg", .foreign(.pdf), nil),
    ("svg.png", .foreign(.svg), nil),
    ("html.jpg", .foreign(.html), nil),
    ("xml.png", .foreign(.xml), nil),
    ("zip.png", .foreign(.zip), nil),
    ("gzip.png", .foreign(.gzip), nil),
    ("text.png", .foreign(.text), nil),
    ("unknown.png", .unknown, nil),

    ("signature-only.png", .truncated, nil),
    ("truncated-header.png", .truncated, nil),
    ("truncated-before-pixels.png", .truncated, nil),
    ("truncated.png", .truncated, .decodedInPart),
    ("truncated-interlaced.png", .truncated, .decodedInPart),
    ("truncated-last-chunk.png", .truncated, .decodedInPart),
    ("crc-ihdr.png", .checksum, .decodedInPart),
    ("crc-idat.png", .checksum, .decodedInPart),
    ("crc-iend.png", .checksum, .decodedInPart),
    ("crc-plte.png", .checksum, .decodedInPart),
    ("crc-text.png", .decodedWithComplaint, nil),
    ("zero-width.png", .zeroSize, nil),
    ("zero-height.png", .zeroSize, nil),
    ("bomb-30000x30000.png", .tooManyPixels, nil),
    ("overflow-2147483647x2147483647.png", .tooManyPixels, nil),
    ("negative-width.png", .damaged, nil),
    ("bad-depth.png", .damaged, nil),
    ("bad-colour-type.png", .damaged, nil),
    ("bad-interlacing.png", .damaged, nil),
    ("no-header.png", .damaged, nil),
    ("no-palette.png", .damaged, nil),
    ("no-pixels.png", .damaged, nil),
    ("bad-compression.png", .damaged, nil),
    ("bad-zlib-header.png", .damaged, nil),
    ("bad-zlib-sum.png", .damaged, .decodedInPart),
    ("bad-filter.png", .damaged, .decodedInPart),
    ("too-few-rows.png", .damaged, .decodedInPart),
    ("too-many-rows.png", .decodedWithComplaint, nil),
    ("chunk-too-long.png", .damaged, nil),
    ("chunk-past-end.png", .truncated, .decodedInPart),
    ("unknown-critical-chunk.png", .damaged, nil),
    ("two-headers.png", .damaged, nil),
    ("palette-index-too-large.png", .decoded, nil),
    ("text-bomb.png", .decodedWithComplaint, nil),
    ("ascii-converted.png", .damaged, nil),
    ("trailing.png", .decodedWithTrailingBytes, nil),

    ("marker-only.jpg", .truncated, nil),
    ("truncated-header.jpg", .truncated, nil),
    ("truncated-before-pixels.jpg", .truncated, nil),
    ("truncated.jpg", .truncated, .decodedInPart),
    ("truncated-end-marker.jpg", .truncated, .decodedInPart),
    ("truncated-progressive.jpg", .truncated, .decodedInPart),
    ("zero-width.jpg", .zeroSize, nil),
    ("zero-height.jpg", .zeroSize, nil),
    ("bomb-65500x65500.jpg", .tooManyPixels, nil),
    ("twelve-bit.jpg", .unsupported, nil),
    ("lossless.jpg", .unsupported, nil),
    ("two-components.jpg", .unsupported, nil),
    ("many-scans.jpg", .unsupported, nil),
    ("no-frame.jpg", .damaged, nil),
    ("no-quantization.jpg", .damaged, nil),
    ("no-huffman-table.jpg", .decoded, nil),
    ("undefined-table.jpg", .damaged, nil),
    ("bad-code.jpg", .damaged, .decodedInPart),
    ("early-marker.jpg", .damaged, nil),
    ("restart-missing.jpg", .damaged, .decodedInPart),
    ("truncated-arithmetic.jpg", .truncated, .decodedInPart),
    ("extraneous-bytes.jpg", .decodedWithComplaint, nil),
    ("bytes-between-segments.jpg", .decodedWithComplaint, nil),
    ("trailing.jpg", .decodedWithTrailingBytes, nil),
    ("orientation-9.jpg", .decoded, nil),
    ("exif-cut.jpg", .decoded, nil),
    ("exif-offset-past-end.jpg", .decoded, nil),
  ]

  @Test("Every damaged file ends as its name says", arguments: endings)
  func endsAsItsNameSays(name: String, strict: Ending, lenient: Ending?) throws {
    #expect(try Ending(reading: name, lenient: false) == strict)
    #expect(try Ending(reading: name, lenient: true) == lenient ?? strict)
  }

  @Test("The table names every file of the folder")
  func theTableIsComplete() throws {
    #expect(try Fixtures.names(in: "damaged") == Self.endings.map(\.name).sorted())
  }

  private func error(reading name: String) -> ImageDecodingError? {
    do {
      _ = try ImageFile.read(Fixtures.path("damaged/" + name))
    } catch {
      if case .notDecoded(_, let reason) = error { return reason }
    }
    return nil
  }

  @Test("Errors carry what was found")
  func errorsCarryData() {
    #expect(
      error(reading: "bomb-30000x30000.png")
        == .tooManyPixels(width: 30_000, height: 30_000, limit: 100_000_000))
    #expect(
      error(reading: "unknown.png")
        == .unknown(firstBytes: [0xDE, 0xAD, 0xBE, 0xEF, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))
    #expect(error(reading: "zero-height.jpg") == .zeroSize(.jpeg))
  }

  @Test(
    "Errors about contents keep the library's own words",
    arguments: [
      ("crc-idat.png", "IDAT"), ("bad-depth.png", "IHDR"), ("lossless.jpg", "0xc3"),
      ("undefined-table.jpg", "table 0x03"), ("truncated.jpg", "remature end"),
    ])
  func errorsKeepTheLibrarysWords(name: String, words: String) throws {
    switch try #require(error(reading: name)) {
    case .truncated(_, _, _, let message), .damaged(_, _, let message), .checksum(_, let message),
      .unsupported(_, let message):
      #expect(message.contains(words))
    case let other: Issue.record("\(other) carries no message")
    }
  }

  @Test("Leniently, the rows that arrived are the picture's own and the rest is blank")
  func lenientPNGKeepsRows() throws {
    let path = Fixtures.path("damaged/truncated.png")
    let decoded = try ImageFile.read(path, options: ImageDecoder.Options(isLenient: true))
    let whole = try ImageFile.read(Fixtures.path("damaged/trailing.png")).image
    guard case .truncated(let rows, _)? = decoded.warnings.first else {
      Issue.record("no warning of missing rows: \(decoded.warnings)")
      return
    }
    #expect((6...16).contains(rows.count) && rows.height == 24)
    let (part, all) = (try decoded.image.eightBitSamples(), try whole.eightBitSamples())
    let arrived = rows.count * 24
    #expect(part[..<arrived] == all[..<arrived])
    #expect(part[arrived...].allSatisfy { $0 == 0 })
  }

  @Test("Leniently, a picture whose decoding was given up before its first row is blank")
  func lenientGivenUp() throws {
    let image = Image.noise(width: 96, height: 96, layout: .rgb)
    var bytes = try ImageEncoder.jpeg(image, JPEGOptions(isProgressive: true))
    // The second scan: cut short, which is doubtful, before a table that no decoder can go beyond.
    let scans = bytes.indices.dropLast().filter { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA }
    let table = try #require(
      bytes.indices.dropLast().first {
        $0 > scans[1] && bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC4
      })
    bytes[table + 2] = 0
    bytes[table + 3] = 3
    bytes.removeSubrange((scans[1] + table) / 2..<table)
    let decoded = try ImageDecoder.decode(bytes, options: ImageDecoder.Options(isLenient: true))
    guard case .damaged(let rows, _)? = decoded.warnings.first else {
      Issue.record("no warning of damage: \(decoded.warnings)")
      return
    }
    #expect(rows.count == 0)
    #expect(decoded.image.samples == .eight([UInt8](repeating: 0, count: 96 * 96 * 3)))
  }

  @Test("Limits are the caller's")
  func limitsAreTheCallers() throws {
    let bytes = [UInt8](try Fixtures.data("formats/rgb-16.png"))
    func decode(_ limits: ImageLimits) throws(ImageDecodingError) {
      _ = try ImageDecoder.decode(bytes, options: ImageDecoder.Options(limits: limits))
    }
    try decode(ImageLimits(pixels: 11 * 13, bytes: 11 * 13 * 6))
    #expect(throws: ImageDecodingError.tooManyPixels(width: 13, height: 11, limit: 142)) {
      try decode(ImageLimits(pixels: 11 * 13 - 1))
    }
    #expect(
      throws: ImageDecodingError.tooManyBytes(width: 13, height: 11, needed: 858, limit: 857)
    ) {
      try decode(ImageLimits(bytes: 11 * 13 * 6 - 1))
    }
  }

  @Test("The memory that libjpeg keeps for a progressive picture counts")
  func progressiveMemoryCounts() throws {
    let image = Image.noise(width: 1024, height: 1024, layout: .rgb)
    let bytes = try ImageEncoder.jpeg(image, JPEGOptions(quality: 5, isProgressive: true))
    let size = 3 << 20
    let limits = ImageLimits(bytes: 2 * size)
    let expected = ImageDecodingError.tooManyBytes(
      width: 1024, height: 1024, needed: size, limit: 2 * size)
    #expect(throws: expected) {
      try ImageDecoder.decode(bytes, options: ImageDecoder.Options(limits: limits))
    }
  }
}
