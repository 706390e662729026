import Imaging
import TestSupport
import Testing

@Suite struct ColorTests {
  /// Pillow's numbers, from `fixtures/reference/luma.py`.
  @Test(arguments: [
    ((255, 0, 0), 76), ((0, 255, 0), 150), ((0, 0, 255), 29), ((255, 255, 0), 226),
    ((1, 1, 1), 1), ((254, 255, 253), 254), ((12, 34, 56), 30), ((200, 100, 50), 124),
    ((3, 0, 0), 1), ((0, 1, 0), 1), ((0, 0, 5), 1), ((77, 180, 201), 152), ((128, 127, 129), 128),
  ])
  func greyIsPillowsLuma(color: (UInt8, UInt8, UInt8), luma: UInt8) {
    let image = Image(
      width: 1, height: 1, layout: .rgb, samples: .eight([color.0, color.1, color.2]))
    #expect(image.converted(to: .grey).samples == .eight([luma]))
  }

  @Test func greyToColourAndBackChangesNothing() {
    let grey = Image(
      width: 256, height: 1, layout: .grey, samples: .eight((0...255).map { UInt8($0) }))
    for layout in Image.Layout.allCases {
      #expect(grey.converted(to: layout).converted(to: .grey) == grey)
    }
    let deep = Image(
      width: 65536, height: 1, layout: .grey, samples: .sixteen((0...65535).map { UInt16($0) }))
    #expect(deep.converted(to: .rgba).converted(to: .grey) == deep)
  }

  @Test func alphaIsLaidOverTheBackground() {
    let image = Image(
      width: 3, height: 1, layout: .rgba,
      samples: .eight([200, 100, 0, 255, 200, 100, 0, 0, 200, 100, 0, 51]))
    let flat = image.converted(to: .rgb, over: Color(red: 0, green: 0, blue: 255))
    #expect(flat.samples == .eight([200, 100, 0, 0, 0, 255, 40, 20, 204]))
    #expect(
      image.converted(to: .rgb).samples == .eight([200, 100, 0, 255, 255, 255, 244, 224, 204]))
  }

  @Test func addedAlphaIsOpaque() {
    let deep = Image(width: 1, height: 1, layout: .grey, samples: .sixteen([1234]))
    #expect(deep.converted(to: .rgba).samples == .sixteen([1234, 1234, 1234, 65535]))
  }

  @Test func sixteenBitsBecomeTheNearestOfEight() throws {
    let all = Image(
      width: 65536, height: 1, layout: .grey, samples: .sixteen((0...65535).map { UInt16($0) }))
    let values = try all.withEightBits().eightBitSamples()
    for (level, value) in values.enumerated() {
      #expect(abs(level - Int(value) * 257) <= 128)
    }
    let eight = Image(
      width: 256, height: 1, layout: .grey, samples: .eight((0...255).map { UInt8($0) }))
    #expect(eight.withSixteenBits().withEightBits() == eight)
  }
}
