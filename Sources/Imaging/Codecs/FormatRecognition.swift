/// What a file is, judged by how it begins.
enum RecognizedContent: Equatable {
  case image(ImageFormat)
  case foreign(ForeignFormat)
  case empty
  case unknown(firstBytes: [UInt8])

  /// As much of a file's beginning as recognising looks at.
  static let reach = 512

  init(beginning bytes: some Collection<UInt8>) {
    let head = Array(bytes.prefix(Self.reach))
    if head.isEmpty {
      self = .empty
    } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
      // Only half of the signature: the other half detects text conversions, and libpng says so.
      self = .image(.png)
    } else if head.starts(with: [0xFF, 0xD8]) {
      self = .image(.jpeg)
    } else if let format = ForeignFormat(beginning: head) {
      self = .foreign(format)
    } else {
      self = .unknown(firstBytes: Array(head.prefix(16)))
    }
  }
}

extension ForeignFormat {
  fileprivate init?(beginning head: [UInt8]) {
    if let format = Self.signatures.first(where: { $0.isFound(in: head) })?.format {
      self = format
    } else if let format = Self(markup: head) {
      self = format
    } else if head.isText {
      self = .text
    } else {
      return nil
    }
  }

  private struct Signature {
    let format: ForeignFormat
    let offset: Int
    let bytes: [UInt8]

    init(_ format: ForeignFormat, _ bytes: [UInt8], at offset: Int = 0) {
      self.format = format
      self.offset = offset
      self.bytes = bytes
    }

    init(_ format: ForeignFormat, _ text: String, at offset: Int = 0) {
      self.init(format, Array(text.utf8), at: offset)
    }

    func isFound(in head: [UInt8]) -> Bool { head.dropFirst(offset).starts(with: bytes) }
  }

  private static let signatures: [Signature] = [
    Signature(.gif, "GIF8"),
    Signature(.webP, "WEBP", at: 8),
    Signature(.tiff, "II*\0"),
    Signature(.tiff, "MM\0*"),
    Signature(.heic, "ftyphei", at: 4),
    Signature(.heic, "ftyphev", at: 4),
    Signature(.heic, "ftypmif1", at: 4),
    Signature(.avif, "ftypavi", at: 4),
    Signature(.jpegXL, [0xFF, 0x0A]),
    Signature(.jpegXL, [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]),
    Signature(.jpeg2000, [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]),
    Signature(.jpeg2000, [0xFF, 0x4F, 0xFF, 0x51]),
    Signature(.icon, [0, 0, 1, 0]),
    Signature(.photoshop, "8BPS"),
    Signature(.idx, [0, 0, 8, 1]),
    Signature(.idx, [0, 0, 8, 3]),
    Signature(.numpy, [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]),
    Signature(.pdf, "%PDF-"),
    Signature(.zip, "PK\u{3}\u{4}"),
    Signature(.gzip, [0x1F, 0x8B]),
    Signature(.bmp, "BM"),
    Signature(.netpbm, "P1\n"), Signature(.netpbm, "P2\n"), Signature(.netpbm, "P3\n"),
    Signature(.netpbm, "P4\n"), Signature(.netpbm, "P5\n"), Signature(.netpbm, "P6\n"),
    Signature(.netpbm, "P7\n"),
  ]

  /// SVG, HTML and XML begin with white space, comments or declarations of any length.
  private init?(markup head: [UInt8]) {
    let text = String(decoding: head, as: UTF8.self).lowercased()
    guard
      let first = text.unicodeScalars.first(where: {
        !$0.properties.isWhitespace && $0 != "\u{FEFF}"
      }),
      first == "<"
    else { return nil }
    if text.contains("<svg") {
      self = .svg
    } else if text.contains("<!doctype html") || text.contains("<html") {
      self = .html
    } else if text.contains("<?xml") {
      self = .xml
    } else {
      return nil
    }
  }
}

extension [UInt8] {
  /// UTF-8 (the last character may be cut) without control characters that no text has.
  fileprivate var isText: Bool {
    let controls = contains { byte in
      byte < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains(byte) || byte == 0x7F
    }
    if controls { return false }
    return (0...Swift.min(3, count)).contains { cut in
      String(validating: dropLast(cut), as: UTF8.self) != nil && cut < count
    }
  }
}
