/// Finds out how a camera was held. Of EXIF's hundreds of facts only this one changes a picture.
///
/// Reference: CIPA DC-008 (Exif 2.32), section 4.6; TIFF 6.0, section 2; PNG 1.2 extensions, eXIf.
enum EXIF {
  /// The orientation that a JPEG's first EXIF segment gives; upright when there is none, or none
  /// that can be understood.
  static func orientation(inJPEG bytes: Span<UInt8>) -> Orientation {
    let name: [UInt8] = Array("Exif\0\0".utf8)
    var place = 2
    while place + 4 <= bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      // Markers may be preceded by any number of 0xFF.
      if marker == 0xFF {
        place += 1
        continue
      }
      // From "start of scan" on there is no more to find.
      if marker == 0xDA || marker == 0xD9 { break }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = place + 2 + length
      guard length >= 2, end <= bytes.count else { break }
      let start = place + 4
      if marker == 0xE1, end - start > name.count,
        name.indices.allSatisfy({ bytes[start + $0] == name[$0] })
      {
        return orientation(inTIFF: bytes.extracting(start + name.count..<end)) ?? .upright
      }
      place = end
    }
    return .upright
  }

  /// The orientation that a PNG's eXIf chunk gives, wherever it stands.
  static func orientation(inPNG bytes: Span<UInt8>) -> Orientation {
    let name: [UInt8] = Array("eXIf".utf8)
    var place = 8
    while place + 12 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + $1]) }
      guard length <= bytes.count - place - 12 else { break }
      let start = place + 8
      if name.indices.allSatisfy({ bytes[place + 4 + $0] == name[$0] }) {
        return orientation(inTIFF: bytes.extracting(start..<start + length)) ?? .upright
      }
      place = start + length + 4
    }
    return .upright
  }

  /// Reads tag 0x0112 of the first directory of a TIFF structure.
  private static func orientation(inTIFF bytes: Span<UInt8>) -> Orientation? {
    guard bytes.count >= 8, let order = ByteOrder(bytes) else { return nil }
    guard order.word(bytes, at: 2) == 42, let directory = order.double(bytes, at: 4) else {
      return nil
    }
    guard let entries = order.word(bytes, at: directory) else { return nil }
    for entry in 0..<entries {
      let place = directory + 2 + 12 * entry
      guard let tag = order.word(bytes, at: place) else { return nil }
      guard tag == 0x0112 else { continue }
      // Type 3 is a 16-bit number; one of them stands in the entry itself.
      guard order.word(bytes, at: place + 2) == 3 else { return nil }
      return order.word(bytes, at: place + 8).flatMap(Orientation.init(rawValue:))
    }
    return nil
  }
}

/// TIFF's "II" and "MM".
private enum ByteOrder {
  case little
  case big

  init?(_ bytes: Span<UInt8>) {
    switch (bytes[0], bytes[1]) {
    case (0x49, 0x49): self = .little
    case (0x4D, 0x4D): self = .big
    default: return nil
    }
  }

  func word(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    guard place >= 0, place + 2 <= bytes.count else { return nil }
    let first = Int(bytes[place])
    let second = Int(bytes[place + 1])
    return self == .little ? second << 8 | first : first << 8 | second
  }

  func double(_ bytes: Span<UInt8>, at place: Int) -> Int? {
    guard let first = word(bytes, at: place), let second = word(bytes, at: place + 2) else {
      return nil
    }
    return self == .little ? second << 16 | first : first << 16 | second
  }
}
