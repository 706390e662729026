public import Imaging

/// Where a page takes a picture from.
public enum HTMLPicture: Sendable, Hashable {
  /// The bytes of an encoded picture, which the page then carries itself.
  case inside(bytes: [UInt8], format: ImageFormat)

  /// A file, by its path from the page's folder.
  case file(path: String)

  /// What belongs into `src="…"`.
  public var source: String {
    switch self {
    case .inside(let bytes, .png): "data:image/png;base64," + Base64.encode(bytes)
    case .inside(let bytes, .jpeg): "data:image/jpeg;base64," + Base64.encode(bytes)
    case .file(let path): HTMLText.escape(Self.percentEncoded(path))
    }
  }

  /// A path as a relative address: whatever could mean something else in one is encoded.
  private static func percentEncoded(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
