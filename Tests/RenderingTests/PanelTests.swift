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

  private func panel(_ magnitude: Double, notes: [String]) -> Image {
    MapPanel(
      picture: picture, map: heatmap.image, overlay: heatmap.image,
      colorBar: PanelColorBar(colorMap: .redBlue, magnitude: magnitude), title: "3: a title",
      notes: notes
    ).image
  }

  @Test func aPanelGrowsWithItsWords() {
    let short = panel(1, notes: ["gradient, seed 1"])
    let long = panel(1, notes: [String(repeating: "many words ", count: 60)])
    #expect(short.width == long.width && long.height > short.height)
  }

  @Test func aFlatMapHasNoColourBar() {
    #expect(panel(0, notes: []) != panel(1, notes: []))
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
