import Paths

/// The formats that are read and written.
public enum ImageFormat: Sendable, Hashable, CaseIterable {
  case png
  case jpeg
}

extension ImageFormat {
  /// The format that a file name asks for when writing; nil when it asks for none of ours. Reading
  /// never looks at names.
  public init?(writtenAs path: String) {
    let ending = path.fileEnding.lowercased()
    guard let format = Self.allCases.first(where: { $0.endings.contains(ending) }) else {
      return nil
    }
    self = format
  }

  /// What names of such files end in, after the dot.
  public var endings: [String] {
    switch self {
    case .png: ["png"]
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
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
