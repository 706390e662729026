import Imaging
import Rendering
import TestSupport
import Testing

@Suite struct HeatmapTests {
  private let picture = Image(
    width: 3, height: 1, layout: .grey, samples: .eight([10, 128, 250]))

  @Test func aMapOfZerosLeavesThePictureAsItIs() {
    let map = Plane(width: 3, height: 1, values: [0, 0, 0])
    let overlay = Heatmap(map, scale: .ofMap(clip: 0.01), colorMap: .redBlue)
      .overlaid(on: picture, opacity: 0.8)
    #expect(overlay.samples == .eight([10, 10, 10, 128, 128, 128, 250, 250, 250]))
  }

  @Test func theFullMagnitudeHasTheFullColour() {
    let map = Plane(width: 3, height: 1, values: [-2, 0, 2])
    let overlay = Heatmap(map, scale: .fixed(2), colorMap: .redBlue)
      .overlaid(on: picture, opacity: 1)
    let (low, high) = (
      ColorMap.redBlue.coveringColor(-1), ColorMap.redBlue.coveringColor(1)
    )
    #expect(
      overlay.samples
        == .eight([
          low.red, low.green, low.blue, 128, 128, 128, high.red, high.green, high.blue,
        ]))
  }

  @Test func aScaleBelowSinglePrecisionIsAScale() throws {
    let map = Plane(width: 3, height: 1, values: [-1, 0, 2e-38])
    let heatmap = Heatmap(map, scale: .fixed(1e-60), colorMap: .redBlue)
    #expect(heatmap.image == Heatmap(map, scale: .fixed(1e-42), colorMap: .redBlue).image)
  }

  @Test func notANumberIsDrawnAsNothing() throws {
    let map = Plane(width: 3, height: 1, values: [.nan, 1, .infinity])
    let heatmap = Heatmap(map, scale: .ofMap(clip: 0), colorMap: .redBlue)
    #expect(heatmap.magnitude == 1)
    let overlay = heatmap.overlaid(on: picture, opacity: 1)
    let samples = try overlay.eightBitSamples()
    #expect(Array(samples[0..<3]) == [10, 10, 10] && Array(samples[6..<9]) == [250, 250, 250])
  }

  @Test(arguments: [1, 37, 99])
  func aShareOfThePixelsIsClipped(step: Int) {
    let values = (0..<100).map { Float($0 * step % 100 + 1) }
    let map = Plane(width: 10, height: 10, values: values)
    #expect(HeatmapScale.ofMap(clip: 0).magnitude(map) == 100)
    #expect(HeatmapScale.ofMap(clip: 0.1).magnitude(map) == 90)
  }

  @Test func clippingDoesNotTakeTheOnlyValueThereIs() {
    let map = Plane(width: 10, height: 10, values: Array(repeating: 0, count: 99) + [3])
    #expect(HeatmapScale.ofMap(clip: 0.05).magnitude(map) == 3)
  }
}
