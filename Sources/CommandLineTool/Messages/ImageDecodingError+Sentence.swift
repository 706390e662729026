import Imaging

/// What a command offers where a picture is refused: sentences propose neither an option that the
/// command lacks nor one that was given.
enum ReadingOffer {
  /// `--lenient` and `--max-pixels`.
  case options
  /// `--max-pixels`; `--lenient` was given.
  case pixelLimit
  /// Neither, but the picture can be converted first.
  case conversion
}

extension ImageDecodingError {
  /// What was found and what to do, to stand after the name of the file.
  func sentence(offering offer: ReadingOffer) -> String {
    switch self {
    case .empty:
      "the file is empty. \(Self.getAgain)"
    case .foreign(let format):
      "this is \(format.words), not a PNG or JPEG. \(format.advice)"
    case .unknown(let firstBytes):
      "this is neither PNG nor JPEG (it begins with \(Self.hexadecimal(firstBytes))). "
        + "Check that it is an image."
    case .truncated(let format, let byteCount, let rows, let message):
      "the \(format.name) ends after \(byteCount) bytes, \(rows.words) "
        + "(\(format.library): \(message)). "
        + (rows == nil ? Self.getAgain : offer.ofLeniency)
    case .damaged(let format, let rows, let message):
      "the \(format.name) is damaged, \(rows.words) (\(format.library): \(message)). "
        + (rows == nil ? Self.getAgain : offer.ofLeniency)
    case .checksum(let rows, let message):
      "a check sum of the PNG does not match, \(rows.words) (libpng: \(message)). "
        + offer.ofLeniency
    case .zeroSize(let format):
      "the \(format.name) says that it has no rows or no columns. \(Self.getAgain)"
    case .tooManyPixels(let width, let height, let limit):
      "\(Self.excess(width, height, limit)). \(offer.ofMorePixels)"
    case .tooManyBytes(let width, let height, let needed, let limit):
      "decoding its \(width)x\(height) pixels needs \(max(needed, limit) >> 20) MiB or more, and "
        + "the limit is \(limit >> 20). \(offer.ofMorePixels)"
    case .unsupported(let format, let message):
      "this kind of \(format.name) cannot be read (\(format.library): \(message)). "
        + "Save it anew with another program."
    case .outOfMemory(let width, let height):
      "there is not enough memory for its \(width)x\(height) pixels."
    }
  }

  fileprivate static let getAgain = "Get it again from where it came."

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.prefix(8).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined(separator: " ")
  }

  /// In millions, as limits mostly are, or to the pixel.
  private static func excess(_ width: Int, _ height: Int, _ limit: Int) -> String {
    let (pixels, isTooLarge) = width.multipliedReportingOverflow(by: height)
    let (count, most) =
      isTooLarge || limit.isMultiple(of: 1_000_000)
      ? ("\(millions(width, height)) million", millions(limit, 1)) : ("\(pixels)", limit)
    return "\(width)x\(height) are \(count) pixels, more than the limit of \(most)"
  }

  /// Rounded up, as a number of pixels beyond a limit should look.
  private static func millions(_ width: Int, _ height: Int) -> Int {
    let (pixels, isTooLarge) = width.multipliedReportingOverflow(by: height)
    return isTooLarge ? Int.max / 1_000_000 : (pixels - 1) / 1_000_000 + 1
  }
}

extension ReadingOffer {
  fileprivate var ofLeniency: String {
    switch self {
    case .options: "Get it again from where it came; --lenient takes what is there."
    case .pixelLimit: ImageDecodingError.getAgain
    case .conversion:
      "Get it again from where it came; `whylight convert --lenient` takes what is there."
    }
  }

  var ofMorePixels: String {
    switch self {
    case .options, .pixelLimit: "Raise it with --max-pixels if the file can be trusted."
    case .conversion:
      "If the file can be trusted, shrink it with `whylight convert --max-pixels` and --max-side."
    }
  }
}

extension CompleteRows? {
  fileprivate var words: String {
    switch self {
    case let rows?: "with \(rows.count) of \(rows.height) rows complete"
    case nil: "before its picture begins"
    }
  }
}

extension ImageWarning {
  /// What was not as it should be, though there is a picture.
  func sentence(about path: String, format: ImageFormat) -> String {
    switch self {
    case .truncated(let rows, let message):
      "\(path): the file ends early; \(rows.count) of \(rows.height) rows are complete, the rest is "
        + "filled in (\(format.library): \(message))."
    case .damaged(let rows, let message):
      "\(path): the file is damaged; \(rows.count) of \(rows.height) rows are complete "
        + "(\(format.library): \(message))."
    case .trailingBytes(let count):
      "\(path): \(count) bytes after the picture are ignored."
    case .complaints(let count, let message):
      "\(path): decoded with \(count == 1 ? "a complaint" : "\(count) complaints") "
        + "(\(format.library): \(message))."
    }
  }
}
