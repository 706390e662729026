import FoundationEssentials
import Imaging
import TestSupport
import Testing

/// `fixtures/digits` holds what the program draws. To draw the files again after a change:
///
/// ```
/// WHYLIGHT_RECORD_SNAPSHOTS=1 swift test -c release -Xswiftc -enable-testing --filter DigitFixtures
/// ```
@Suite struct DigitFixturesTests {
  static let digits = DrawnDigits(seed: 2026)

  /// A file of the folder: the picture as a viewer shows it, and how it is stored.
  struct Fixture: CustomTestStringConvertible {
    let name: String
    let image: Image
    let encoding: ImageEncoding
    let orientation: Orientation

    var testDescription: String { name }

    /// Digits as MNIST has them, `3-02.png` the second 3.
    static func digit(_ label: Int, _ number: Int) -> Fixture {
      Fixture(
        name: "\(label)-0\(number).png", image: digits.digit(label + 10 * (number - 1)).image,
        encoding: .png(PNGOptions(level: 9)), orientation: .upright)
    }

    /// Grey scans without loss.
    static func greyScan(_ label: Int) -> Fixture {
      let scan = digits.scan(label, width: 120 + 8 * label, height: 168 - 4 * label)
      return Fixture(
        name: "scan-\(label)-01.png", image: scan.image.converted(to: .grey),
        encoding: .png(PNGOptions(level: 9)), orientation: .upright)
    }

    /// Photographs, those of 1 to 7 by a camera that was turned: `scan-5-02-exif6.jpg`.
    static func photograph(_ label: Int) -> Fixture {
      let orientation = Orientation(rawValue: label + 1) ?? .upright
      let note = orientation == .upright ? "" : "-exif\(orientation.rawValue)"
      return Fixture(
        name: "scan-\(label)-02\(note).jpg",
        image: digits.scan(label + 10, width: 240, height: 320).image,
        encoding: .jpeg(JPEGOptions(quality: 80)), orientation: orientation)
    }

    func encoded() throws -> [UInt8] {
      let bytes = try ImageEncoder.encode(image.oriented(orientation.inverse), as: encoding)
      guard orientation != .upright else { return bytes }
      return bytes[..<2] + exifSegment + bytes[2...]
    }

    /// The application segment in which a camera notes how it was held: a TIFF directory of one
    /// entry.
    private var exifSegment: [UInt8] {
      let directory: [UInt8] =
        [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        + [0, 1] + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation.rawValue), 0, 0]
        + [0, 0, 0, 0]
      let body = Array("Exif\0\0".utf8) + directory
      return [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
    }
  }

  static let fixtures: [Fixture] =
    (0...9).flatMap { label in (1...4).map { Fixture.digit(label, $0) } }
    + (0...9).map(Fixture.greyScan) + (0...9).map(Fixture.photograph)

  @Test(.enabled(if: ProcessInfo.processInfo.environment["WHYLIGHT_RECORD_SNAPSHOTS"] != nil))
  func drawTheFixturesAgain() throws {
    for fixture in Self.fixtures {
      try AtomicFile.write(fixture.encoded(), to: Fixtures.path("digits/" + fixture.name))
    }
    Issue.record("drew \(Self.fixtures.count) files; look at them, then run without recording")
  }

  @Test func theFolderHoldsTheseFilesAndNoOthers() throws {
    #expect(try Fixtures.names(in: "digits") == Self.fixtures.map(\.name).sorted())
    let size = try Self.fixtures.reduce(0) {
      try $0 + Fixtures.data("digits/" + $1.name).count
    }
    #expect(size < 400_000)
  }

  /// Pixels are compared, not bytes: another zlib packs the same pixels otherwise, and another
  /// libjpeg may round otherwise.
  @Test func theFilesShowWhatTheProgramDrawsToday() throws {
    for fixture in Self.fixtures {
      let stored = try ImageFile.read(Fixtures.path("digits/" + fixture.name)).image
      let today = try ImageDecoder.decode(fixture.encoded()).image
      switch fixture.encoding {
      case .png:
        #expect(stored == fixture.image, "\(fixture.name)")
      case .jpeg:
        #expect(stored.width == fixture.image.width && stored.height == fixture.image.height)
        #expect(worstDifference(stored, today) <= 2, "\(fixture.name)")
      }
    }
  }

  /// A photograph turned and turned back shows what was drawn, up to what JPEG loses.
  @Test func turnedPhotographsComeUpright() throws {
    for fixture in Self.fixtures where fixture.orientation != .upright {
      let stored = try ImageFile.read(Fixtures.path("digits/" + fixture.name)).image
      #expect(meanDifference(stored, fixture.image) < 3, "\(fixture.name)")
    }
  }

  private func differences(_ one: Image, _ other: Image) -> [Int] {
    guard case .eight(let a) = one.samples, case .eight(let b) = other.samples,
      a.count == b.count
    else { return [255] }
    return zip(a, b).map { abs(Int($0) - Int($1)) }
  }

  private func worstDifference(_ one: Image, _ other: Image) -> Int {
    differences(one, other).max() ?? 255
  }

  private func meanDifference(_ one: Image, _ other: Image) -> Double {
    let all = differences(one, other)
    return Double(all.reduce(0, +)) / Double(all.count)
  }
}
