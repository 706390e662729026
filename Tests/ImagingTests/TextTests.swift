import Imaging
import TestSupport
import Testing

@Suite struct TextTests {
  private func page(_ text: String, height: Double = 9) -> Image {
    var canvas = Canvas(width: 120, height: 20, layout: .grey, color: .white)
    canvas.write(text, at: Point(x: 4, y: 4), height: height, color: .black)
    return canvas.image
  }

  @Test func everyCharacterOfASCIILooksDifferent() {
    let characters = (32..<127).map { String(UnicodeScalar(UInt8($0))) }
    // The last is none of them and shows as a box.
    let pages = (characters + ["☃"]).map { page($0, height: 12) }
    for index in pages.indices {
      let twin = pages.firstIndex(of: pages[index]) ?? index
      #expect(twin == index, "\(characters[twin]) looks like number \(index)")
    }
    let isBoxToo = page("☂", height: 12) == pages[95]
    #expect(isBoxToo)
  }

  @Test func whatHasNoStrokesIsKnown() {
    #expect(Canvas.canWrite("4 vs 9: 87 % ±2°") && Canvas.canWrite(""))
    #expect(!Canvas.canWrite("a ☃"))
  }

  @Test(arguments: ["Occlusion", "j", "4 vs 9: 87 %", "_{y}_"])
  func inkStaysWithinTheWidthThatIsPromised(text: String) throws {
    for height in [7.0, 9] {
      let values = try page(text, height: height).eightBitSamples()
      let columns = values.indices.filter { values[$0] < 128 }.map { $0 % 120 }
      let rows = values.indices.filter { values[$0] < 128 }.map { $0 / 120 }
      let width = Canvas.width(of: text, height: height)
      #expect(try #require(columns.min()) >= 3)
      #expect(Double(try #require(columns.max())) <= 4 + width + 1)
      #expect(try #require(rows.min()) >= 3)
      #expect(Double(try #require(rows.max())) < 4 + 1.5 * height)
    }
  }

  @Test func textIsAsWideAsItsPartsAndTheGapBetween() {
    let pair = Canvas.width(of: "HO", height: 16)
    let gap = pair - Canvas.width(of: "H", height: 16) - Canvas.width(of: "O", height: 16)
    #expect(gap > 1 && gap < 8)
    #expect(Canvas.width(of: "", height: 16) == 0)
    #expect(abs(Canvas.width(of: "HO", height: 32) - 2 * pair) < 1e-9)
  }
}
