/// The formats that are read and written.
public enum ImageFormat: Sendable, Hashable, CaseIterable {
  case png
  case jpeg
}

extension ImageFormat {
  /// The format that a file name asks for when writing; nil when it asks for none of ours. Reading
  /// never looks at names.
  public init?(writtenAs path: String) {
    let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "png": self = .png
    case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
    default: return nil
    }
  }
}

/// What else a file may turn out to be, so that its user hears what they have.
public enum ForeignFormat: Sendable, Hashable, CaseIterable {
  case gif
  case webP
  case tiff
  case bmp
  case heic
  case avif
  case jpegXL
  case jpeg2000
  case icon
  case photoshop
  case netpbm
  case idx
  case numpy
  case pdf
  case svg
  case html
  case xml
  case zip
  case gzip
  case text
}
