import Attribution
import Imaging
import Rendering
import Synchronization
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

  @Test(
    "what is drawn in bands is what is drawn at once, to the byte",
    arguments: ResamplingMethod.allCases, [1, 3])
  func bands(upsampling: ResamplingMethod, zoom: Int) throws {
    let drawn = try drawn(DrawingSettings(topShare: 0.4, zoom: zoom, upsampling: upsampling))
    let options = PNGOptions(texts: [ImageText(keyword: "whylight", text: "{}")])
    let views = [
      drawn.overlaid(on: picture), drawn.strongestParts(of: picture), drawn.outlined(picture),
      drawn.transparent(picture),
    ]
    let images = [
      drawn.overlay(on: picture), drawn.strongest(of: picture), drawn.contours(on: picture),
      drawn.masked(picture),
    ]
    for (view, image) in zip(views, images) {
      let file = try view.png(options, mostAtOnce: 0)
      #expect(try view.png(options) == file)
      #expect(try ImageDecoder.decode(file).image == image)
    }
  }

  @Test(
    "what drawing takes is counted by the picture's pixels", arguments: [(false, 6), (true, 9)])
  func countedBytes(isProgressive: Bool, bytes: Int) throws {
    let prepared = try drawn().prepared
    #expect(prepared.drawingBytes(isProgressive: isProgressive) == bytes * 300 * 210)
  }

  @Test("no product draws more rows at a time than the encoder asks for, and those next to them")
  func drawnRows() throws {
    let map = try drawn(DrawingSettings(zoom: 1))
    for view in [
      map.overlaid(on: picture), map.strongestParts(of: picture), map.outlined(picture),
      map.transparent(picture),
    ] {
      let asked = Mutex<[Int]>([])
      let counted = DrawnRows(
        width: view.width, height: view.height, layout: view.layout, zoom: view.zoom
      ) { rows in
        asked.withLock { $0.append(rows.count) }
        return view.draw(rows)
      }
      _ = try counted.png(PNGOptions(), mostAtOnce: 0)
      let counts = asked.withLock { $0 }
      #expect(counts.count >= 4 && counts.allSatisfy { $0 <= 64 }, "\(counts)")
    }
  }

  @Test func aPanelIsTheSameAtAnyZoom() throws {
    let panels = try [nil, 1, 64].map { zoom in
      try drawn(DrawingSettings(zoom: zoom))
        .panel(on: picture, name: "a.png", answer: "3", notes: [])
    }
    #expect(panels[0] == panels[1] && panels[1] == panels[2])
  }

  @Test(
    "channels that hold a pixel's value are not added up, shares are",
    arguments: [("ablation", 4), ("lime", 4), ("rise", 4), ("gradient", 12), ("grad-cam", 12)])
  func channels(method: String, expected: Float) throws {
    let values = Array(repeating: Float(4), count: 12)
    let prepared = try PreparedPicture.small(channels: 3)
    let map = ExplainedMap(
      attribution: Attribution(
        shape: [3, 2, 2], values: values,
        record: AttributionRecord(
          method: method, settings: [], seed: 1, target: .logit(0), forwardEvaluations: 1)),
      method: try MethodCatalogue.description(named: method), score: 0, seconds: 0)
    let drawn = DrawnMap(map, of: prepared, DrawingSettings())
    #expect(drawn.plane.values == Array(repeating: expected, count: 4))
  }

  @Test func aPanelHasNoColourWhereTheModelSawNothing() throws {
    let seen = Placement.centreCrop(
      sourceWidth: 300, sourceHeight: 210, targetWidth: 24, targetHeight: 24
    ).isSeen(width: 60, height: 42)
    #expect(seen == (0..<42).flatMap { _ in (0..<60).map { (9...50).contains($0) } })
    let plane = Plane(width: 2, height: 1, values: [0, 0])
    let image = Heatmap(plane, scale: .fixed(1), colorMap: .dusk)
      .image(where: [true, false], else: Color(red: 1, green: 2, blue: 3))
    let zero = ColorMap.dusk.color(0)
    #expect(image.samples == .eight([zero.red, zero.green, zero.blue, 1, 2, 3]))
  }

  /// Of a map whose values all have the same standard error.
  private func drawn(
    _ values: [Float], error: Float, _ uncertain: UncertainParts
  ) throws -> DrawnMap {
    let prepared = try PreparedPicture.small()
    let map = ExplainedMap(
      attribution: Attribution(
        shape: [1, 2, 2], values: values,
        record: AttributionRecord(
          method: "kernel-shap", settings: [], seed: 1, target: .logit(0), forwardEvaluations: 9,
          standardErrors: Array(repeating: error, count: 4))),
      method: try MethodCatalogue.description(named: "kernel-shap"), score: 2, seconds: 0)
    return DrawnMap(map, of: prepared, DrawingSettings(uncertain: uncertain, clip: 100))
  }

  @Test(
    "leaving out what is uncertain changes what is drawn, not the map's numbers",
    arguments: [
      (UncertainParts.draw, Float(1), [4, 1, -4, 0], ColorReach.upTo(4)),
      (.grey, 1, [4, 0, -4, 0], .upTo(4)), (.grey, 100, [0, 0, 0, 0], .nowhere(.nothingCertain)),
    ] as [(UncertainParts, Float, [Float], ColorReach)])
  func numbers(
    uncertain: UncertainParts, error: Float, shown: [Float], reach: ColorReach
  ) throws {
    let drawn = try drawn([4, 1, -4, 0], error: error, uncertain)
    #expect(drawn.sums.values == [4, 1, -4, 0] && drawn.plane.values == shown)
    #expect(drawn.reach == reach)
  }

  @Test("a map of one value is flat, however certain that is", arguments: [Float(1), 100])
  func flat(error: Float) throws {
    for value: Float in [0, 3] {
      let drawn = try drawn(Array(repeating: value, count: 4), error: error, .grey)
      #expect(drawn.reach == .nowhere(.flat) && drawn.sums.values.allSatisfy { $0 == value })
    }
  }

  @Test(arguments: [(28, 28, 64, 64), (6000, 4000, 4, 1), (2000, 1000, 64, 5), (30000, 2000, 3, 1)])
  func picturesAreEnlargedUpToFiftyMegapixels(width: Int, height: Int, asked: Int, zoom: Int) {
    #expect(DrawingSettings(zoom: asked).zoom(width: width, height: height) == zoom)
  }
}
