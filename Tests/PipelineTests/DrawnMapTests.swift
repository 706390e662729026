import Attribution
import Imaging
import Tensors
import Testing

@testable import Pipeline

@Suite struct DrawnMapTests {
  @Test func anOverlayDrawnInBandsIsTheWholeOne() throws {
    let picture = Image(
      width: 300, height: 210, layout: .rgb,
      samples: .eight((0..<300 * 210 * 3).map { UInt8($0 * 7 % 251) }))
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
    let drawn = DrawnMap(map, of: prepared, DrawingSettings())
    let file = try drawn.overlayFile(on: picture, ImageText(keyword: "whylight", text: "{}"))
    #expect(try ImageDecoder.decode(file).image == drawn.overlay(on: picture))
  }
}
