import Attribution
import Imaging
import Tensors
import Testing

@testable import Pipeline

@Suite struct DrawnMapTests {
  private let picture = Image(
    width: 300, height: 210, layout: .rgb,
    samples: .eight((0..<300 * 210 * 3).map { UInt8($0 * 7 % 251) }))

  private func drawn(_ settings: DrawingSettings = DrawingSettings()) throws -> DrawnMap {
    let placement = Placement.centreCrop(
      sourceWidth: 300, sourceHeight: 210, targetWidth: 24, targetHeight: 24)
    let layout = try #require(PictureLayout([1, 24, 24]))
    let values = (0..<24 * 24).map { Float($0 % 7) - 3 }
    let prepared = PreparedPicture(
      values: values, placement: placement, isInverted: false, layout: layout)
    let map = ExplainedMap(
      attribution: Attribution(
        shape: [1, 24, 24], values: values,
        record: AttributionRecord(
          method: "gradient", settings: [], seed: 1, target: .logit(0), forwardEvaluations: 1)),
      method: try MethodCatalogue.description(named: "gradient"), score: 0, seconds: 0)
    return DrawnMap(map, of: prepared, settings)
  }

  @Test func anOverlayDrawnInBandsIsTheWholeOne() throws {
    let drawn = try drawn()
    let file = try drawn.overlayFile(on: picture, ImageText(keyword: "whylight", text: "{}"))
    #expect(try ImageDecoder.decode(file).image == drawn.overlay(on: picture))
  }

  @Test func aPanelIsTheSameAtAnyZoom() throws {
    let panels = try [nil, 1, 64].map { zoom in
      try drawn(DrawingSettings(zoom: zoom))
        .panel(on: picture, name: "a.png", answer: "3", notes: [])
    }
    #expect(panels[0] == panels[1] && panels[1] == panels[2])
  }

  @Test(arguments: [(28, 28, 64, 64), (6000, 4000, 4, 1), (2000, 1000, 64, 5), (30000, 2000, 3, 1)])
  func picturesAreEnlargedUpToFiftyMegapixels(width: Int, height: Int, asked: Int, zoom: Int) {
    #expect(DrawingSettings(zoom: asked).zoom(width: width, height: height) == zoom)
  }
}
