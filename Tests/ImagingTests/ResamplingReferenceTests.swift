import FoundationEssentials
import Imaging
import TestSupport
import Testing

/// Pillow's numbers, from `fixtures/reference/resampling.py`.
@Suite struct ResamplingReferenceTests {
  struct Reference: Decodable {
    let width: Int
    let height: Int
    let cases: [Case]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let layout: String
    let method: String
    let width: Int
    let height: Int
    let source: [UInt8]
    let values: [UInt8]

    var testDescription: String { "\(layout) \(method) to \(width)x\(height)" }
  }

  static let reference = Result {
    try JSONDecoder().decode(Reference.self, from: Fixtures.data("reference/resampling.json"))
  }

  @Test func resizingAgreesWithPillowToOneLevel() throws {
    let reference = try Self.reference.get()
    #expect(reference.cases.count == 80)
    for one in reference.cases {
      let layout = try #require(Image.Layout.allCases.first { "\($0)" == one.layout })
      let image = Image(
        width: reference.width, height: reference.height, layout: layout,
        samples: .eight(one.source))
      let resized = image.resized(
        width: one.width, height: one.height,
        method: try #require(ResamplingMethod(rawValue: one.method)))
      let values = try resized.eightBitSamples()
      let ours = shown(values, layout: layout)
      let theirs = shown(one.values, layout: layout)
      // Pillow rounds colour times alpha on the way in, between the steps and at the end, and cuts
      // off the fraction on the way back; we round once.
      let allowed = layout.hasAlpha ? 3.0 : 1.0
      let worst = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst <= allowed, "\(one.testDescription): off by \(worst)")
    }
  }

  /// Colour times alpha, which is what can be seen: the colour of an almost transparent pixel is
  /// free to differ.
  private func shown(_ values: [UInt8], layout: Image.Layout) -> [Double] {
    let channels = layout.channelCount
    return values.indices.map { index in
      let isAlpha = index % channels == channels - 1
      guard layout.hasAlpha && !isAlpha else { return Double(values[index]) }
      return Double(values[index]) * Double(values[index - index % channels + channels - 1]) / 255
    }
  }
}
