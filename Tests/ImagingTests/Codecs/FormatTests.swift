import Imaging
import TestSupport
import Testing

/// Every colour type, depth and variant, against the pixels that Pillow sees (for 16 bits of
/// several channels, which Pillow cannot hold: against the pixels that the file was made of).
@Suite struct FormatReferenceTests {
  static let names = (try? Fixtures.names(in: "formats")) ?? []

  @Test("Decoding agrees with Pillow", arguments: names)
  func agreesWithPillow(name: String) throws {
    let decoded = try ImageFile.read(Fixtures.path("formats/" + name))
    let reference = try PixelReference("reference/codecs/pixels/\(name).npy")
    #expect(decoded.image.width == reference.width)
    #expect(decoded.image.height == reference.height)
    #expect(decoded.image.layout.channelCount == reference.channels)
    #expect(decoded.image.samples.bitDepth == reference.bitDepth)
    let own = decoded.image.samples.values
    try #require(own.count == reference.values.count)
    let worst = zip(own, reference.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
    // The same library in another version decodes JPEG; PNG leaves no freedom.
    #expect(worst <= (decoded.stored.format == .jpeg ? 1 : 0))
  }

  @Test("The fixtures cover every kind")
  func everyKindIsThere() throws {
    let stored = try Self.names.map {
      try ImageFile.read(Fixtures.path("formats/" + $0)).stored
    }
    #expect(stored.count > 80)
    #expect(Set(stored.map(\.colour)) == Set(StoredImage.Colour.allCases))
    #expect(Set(stored.map(\.bitDepth)) == [1, 2, 4, 8, 16])
    #expect(Set(stored.map(\.orientation)) == Set(Orientation.allCases))
    let chroma = Set(stored.map { [$0.chromaAcross, $0.chromaDown] })
    #expect(chroma == [[1, 1], [2, 1], [2, 2], [1, 2], [4, 1], [4, 2]])
    #expect(stored.contains { $0.isArithmetic && $0.isProgressive })
    #expect(
      stored.contains { $0.colour == .palette && $0.hasTransparencyChunk && $0.bitDepth == 1 })
    #expect(stored.contains { $0.colour == .rgb && $0.hasTransparencyChunk && $0.bitDepth == 16 })
  }

  @Test("Text chunks of all three kinds are kept, wherever they stand")
  func textsAreKept() throws {
    let decoded = try ImageFile.read(Fixtures.path("formats/texts.png"))
    #expect(
      decoded.texts == [
        ImageText(keyword: "Title", text: "Grüße"),
        ImageText(keyword: "Comment", text: String(repeating: "long ", count: 400)),
        ImageText(
          keyword: "Author", text: "Žofie 像", language: "de", translatedKeyword: "Autor"),
        ImageText(keyword: "Description", text: "naïve ✓"),
      ])
    #expect(decoded.warnings == [])
  }

  @Test("Turning upright can be declined", arguments: Orientation.allCases)
  func orientationCanBeDeclined(orientation: Orientation) throws {
    let path = Fixtures.path("formats/orientation-\(orientation.rawValue).jpg")
    let options = ImageDecoder.Options(appliesOrientation: false)
    let asStored = try ImageFile.read(path, options: options)
    #expect(asStored.stored.orientation == orientation)
    #expect(asStored.image.width == 24)
    #expect(asStored.image.oriented(orientation) == (try ImageFile.read(path).image))
  }

  @Test(
    "A JPEG turned while it is decoded is the stored one turned", arguments: Orientation.allCases,
    ["noise", "formats/grey-progressive.jpg", "formats/cmyk-adobe.jpg"])
  func turningOnTheWay(orientation: Orientation, source: String) throws {
    // Three bands of rows, the last one not full.
    let plain =
      source == "noise"
      ? try ImageEncoder.jpeg(Image.noise(width: 53, height: 75, layout: .rgb))
      : [UInt8](try Fixtures.data(source))
    let number = UInt8(orientation.rawValue)
    let exif: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8)
      + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, number, 0, 0, 0, 0, 0, 0]
    let marked = Array(plain[..<2]) + exif + plain[2...]
    let turned = try ImageDecoder.decode(marked)
    #expect(turned.stored.orientation == orientation)
    #expect(turned.image == (try ImageDecoder.decode(plain)).image.oriented(orientation))
  }
}

/// A NumPy array of [height, width, channels] or [height, width] pixels of 8 or 16 bits.
private struct PixelReference {
  let height: Int
  let width: Int
  let channels: Int
  let bitDepth: Int
  let values: [Int]

  init(_ name: String) throws {
    let file = NumPyFile([UInt8](try Fixtures.data(name)))
    let shape = try #require(file.shape)
    (height, width, channels) = (shape[0], shape[1], shape.count > 2 ? shape[2] : 1)
    bitDepth = file.isSixteenBit ? 16 : 8
    let body = file.body
    values =
      file.isSixteenBit
      ? stride(from: 0, to: body.count, by: 2).map { Int(body[$0]) | Int(body[$0 + 1]) << 8 }
      : body.map(Int.init)
  }
}

private struct NumPyFile {
  let header: String
  let body: [UInt8]

  init(_ bytes: [UInt8]) {
    let end = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    header = String(decoding: bytes[10..<end], as: UTF8.self)
    body = Array(bytes[end...])
  }

  var isSixteenBit: Bool { header.contains("'<u2'") }

  var shape: [Int]? {
    guard let open = header.lastIndex(of: "("), let close = header.lastIndex(of: ")") else {
      return nil
    }
    return header[open..<close].split { !$0.isNumber }.compactMap { Int($0) }
  }
}

extension Image.Samples {
  fileprivate var values: [Int] {
    switch self {
    case .eight(let values): values.map(Int.init)
    case .sixteen(let values): values.map(Int.init)
    }
  }
}
