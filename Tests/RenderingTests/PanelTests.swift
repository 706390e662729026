import Imaging
import TestSupport
import Testing

@testable import Rendering

@Suite struct PanelTests {
  private let picture = Image(
    width: 20, height: 10, layout: .rgb,
    samples: .eight((0..<600).map { UInt8(truncatingIfNeeded: $0) }))
  private let map = Plane(width: 20, height: 10, values: (0..<200).map { Float($0 - 100) })

  private var heatmap: Heatmap { Heatmap(map, scale: .fixed(100), colorMap: .redBlue) }

  private func panel(
    _ reach: ColorReach = .upTo(1), name: String = "a.png", notes: [String] = [],
    picture: Image? = nil
  ) -> Image {
    MapPanel(
      picture: picture ?? self.picture, map: picture ?? heatmap.image,
      overlay: picture ?? heatmap.image,
      colorBar: PanelColorBar(colorMap: .redBlue, signs: .both, reach: reach), name: name,
      answer: "3 (99.00 %)", notes: notes
    ).image
  }

  @Test func aPanelGrowsWithItsWords() {
    let short = panel(notes: ["gradient, seed 1"])
    let long = panel(notes: [String(repeating: "many words ", count: 60)])
    #expect(short.width == long.width && long.height > short.height)
  }

  @Test func aMapWithoutColoursHasWordsInPlaceOfABar() {
    let panels = [panel(.upTo(1))] + WithoutColors.allCases.map { panel(.nowhere($0)) }
    for (place, sheet) in panels.enumerated() {
      #expect(panels.dropFirst(place + 1).allSatisfy { $0 != sheet }, "\(place)")
    }
  }

  @Test(arguments: [(336, 3), (3, 336), (1, 8), (1, 1)])
  func thinPicturesHaveRoomForTheirWords(width: Int, height: Int) {
    let thin = Image(
      width: width, height: height, layout: .grey,
      samples: .eight(Array(repeating: 7, count: width * height)))
    let sheet = panel(picture: thin)
    #expect(sheet.width >= 740 && sheet.height >= 250, "\(sheet.width)x\(sheet.height)")
  }

  @Test func theAnswerIsReadWhateverTheNameIs() {
    let long = String(repeating: "long-name-", count: 40) + "1.png"
    let line = TextLines.cutInside(long, height: 15, width: 300)
    #expect(line.hasPrefix("long-name") && line.contains("...") && line.hasSuffix("1.png"))
    #expect(Canvas.width(of: line, height: 15) <= 300)
    #expect(panel(name: long).width == panel().width)
  }

  @Test func aPictureIsDrawnNoLargerThanTheSheetShowsIt() {
    #expect(MapPanel.tileSize(width: 28, height: 30) == (28, 30))
    #expect(MapPanel.tileSize(width: 6000, height: 4000) == (336, 224))
    #expect(MapPanel.tileSize(width: 20, height: 2000) == (3, 336))
  }

  /// Two segments and the rest, as upsampling leaves them: equal but for rounding.
  private var segments: Heatmap {
    let values = (0..<400).map { place -> Float in
      let noise = Float(place % 3) * 1e-7
      return switch place {
      case ..<100: 2 + noise
      case 100..<200: 1 + noise
      default: noise
      }
    }
    return Heatmap(
      Plane(width: 20, height: 20, values: values), scale: .fixed(2), colorMap: .redBlue)
  }

  private var grey: Image {
    Image(
      width: 20, height: 20, layout: .rgb, samples: .eight(Array(repeating: 9, count: 1200)))
  }

  @Test(arguments: [(0.1, 100), (0.25, 100), (0.26, 200), (0.5, 200), (0.9, 200)])
  func pixelsOfASegmentStayTogether(share: Double, count: Int) throws {
    let samples = try segments.strongest(share, of: grey).eightBitSamples()
    #expect(stride(from: 0, to: 1200, by: 3).count { samples[$0] == 9 } == count)
  }

  /// Values of all sizes and both signs, some equal, some no numbers.
  private static let odd: [Float] =
    [.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
    + (0..<311).map { Float(($0 * 7919) % 200 - 60) * 0.37 } + Array(repeating: 4.5, count: 40)

  @Test(
    "thresholds are those of the sorted values, whatever parts the map comes in",
    arguments: [0.0, 0.001, 0.05, 0.2, 0.5, 0.999, 1], [1, 9])
  func thresholds(share: Double, repeats: Int) {
    let sorted = Self.odd.filter(\.isFinite).flatMap { Array(repeating: $0, count: repeats) }
      .sorted()
    let count = Int(share * Double(sorted.count))
    let slack = 1e-5 * (sorted.map { abs($0) }.max() ?? 0)
    let expected =
      count > 0
      ? max(sorted[sorted.count - count] - slack, slack) : .infinity
    for rows in [1, 7, Self.odd.count] {
      let found = LargestValues.thresholds([share, 0.5], repeats: repeats) { look in
        for first in stride(from: 0, to: Self.odd.count, by: rows) {
          let part = Array(Self.odd[first..<min(first + rows, Self.odd.count)])
          look(Plane(width: 1, height: part.count, values: part))
        }
      }
      #expect(found[0] == expected)
    }
  }

  @Test("a map without numbers has no largest values")
  func noNumbers() {
    let found = LargestValues.thresholds([0.5, 1]) {
      $0(Plane(width: 2, height: 1, values: [.nan, .infinity]))
    }
    #expect(found == [.infinity, .infinity])
  }

  @Test func noLinesRunThroughASegment() throws {
    let samples = try segments.contours([0.4, 0.2, 0.1], on: grey).eightBitSamples()
    let rows = (0..<20).filter { row in samples[60 * row] != 9 }
    // At the lower edges of the two segments.
    #expect(rows == [4, 9])
  }

  @Test func whatIsNotAmongTheStrongestIsGrey() throws {
    let view = heatmap.strongest(0.1, of: picture)
    let (samples, own) = (try view.eightBitSamples(), try picture.eightBitSamples())
    // The last tenth of the pixels has the largest values.
    #expect(Array(samples[540...]) == Array(own[540...]))
    for place in stride(from: 0, to: 540, by: 3) {
      #expect(samples[place] == samples[place + 1] && samples[place] == samples[place + 2])
    }
  }

  @Test func aMaskIsTransparentWhereTheMapIsZero() throws {
    let samples = try heatmap.masked(picture).eightBitSamples()
    #expect(samples[4 * 100 + 3] == 0 && samples[3] == 255)
  }

  @Test func aContourRunsAlongTheEdgeOfTheStrongest() throws {
    let step = Plane(
      width: 20, height: 10, values: (0..<200).map { $0 % 20 < 10 ? 0 : 1 })
    let view = Heatmap(step, scale: .fixed(1), colorMap: .redBlue).contours([0.5], on: picture)
    let (samples, own) = (try view.eightBitSamples(), try picture.eightBitSamples())
    for row in 0..<10 {
      for column in 0..<20 {
        let place = 3 * (row * 20 + column)
        let isOwn = Array(samples[place..<place + 3]) == Array(own[place..<place + 3])
        #expect(isOwn == (column != 9), "\(row) \(column)")
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (Double.leastNonzeroMagnitude, "0"), (1, "1"), (-0.5, "-0.5"), (0.004567, "0.00457"),
    (12.345, "12.3"),
    (99.96, "100"), (1234, "1230"), (999_600, "1e6"), (0.00009996, "1e-4"), (-123_456, "-123000"),
  ])
  func shortNumbersHaveThreeDigits(value: Double, text: String) {
    #expect(ShortNumber.text(value) == text)
  }
}
