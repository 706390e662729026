import Attribution
import Imaging
import ModelFiles
import Pipeline
import Segmentation
import Tensors
import TestSupport
import Testing

@Suite struct GivenSegmentsTests {
  private let model: ModelFile
  private let settings = ExplainerSettings(
    segments: LabelMap(grid: 3, height: 28, width: 28))

  init() throws {
    model = try ModelFile(contentsOf: Fixtures.repository + "/models/digits.onnx")
  }

  @Test func methodsThatDoNotLookAtSegmentsExplainSideBySide() throws {
    let explainer = try Explainer(model, methods: ["gradient", "ablation"], settings: settings)
    let pictures = try (1...4).map { number in
      explainer.preparation.prepare(
        try ImageFile.read(Fixtures.path("digits/3-0\(number).png")).image)
    }
    let explanations = try explainer.explain(pictures, on: NetworkSession(explainer.network))
      .map { try $0.get() }
    // Pictures that are computed side by side share their time.
    #expect(Set(explanations.map { $0.maps[0].seconds }).count == 1)
    for (picture, explanation) in zip(pictures, explanations) {
      let alone = try explainer.explain([picture], on: NetworkSession(explainer.network))[0].get()
      #expect(alone.maps.map(\.attribution.values) == explanation.maps.map(\.attribution.values))
      #expect(explanation.maps[1].attribution.record.segments?.count == 9)
    }
  }

  @Test(arguments: [
    ("lime:cells=4", "cells"), ("ablation:compactness=3", "compactness"),
    ("shapley-exact:segments=9", "segments"), ("lime:segmenter=given:scale=2", "scale"),
  ])
  func settingsOfASegmenterAndGivenSegmentsExcludeEachOther(method: String, setting: String) {
    #expect(
      throws: MethodError.impossible(
        method: String(method.prefix { $0 != ":" }), setting: setting,
        reason: .excludes(setting: "a given label map"))
    ) {
      try Explainer(model, methods: [method], settings: settings)
    }
  }

  @Test func aMethodWithASegmenterOfItsOwnKeepsIt() throws {
    let explainer = try Explainer(
      model, methods: ["ablation:segmenter=grid:cells=2", "shapley-exact"], settings: settings)
    let picture = try ImageFile.read(Fixtures.path("digits/3-01.png")).image
    let maps = try explainer.explain(picture).maps
    #expect(maps.map { $0.attribution.record.segments?.count } == [4, 9])
    let names = maps[1].attribution.record.settings.map(\.name)
    #expect(names.contains("segmenter") && !names.contains("cells"))
  }

  @Test(arguments: ["shapley-exact", "shapley-exact:segmenter=auto"])
  func exactShapleyValuesAreOfAGridIfNothingIsSaid(method: String) throws {
    let explainer = try Explainer(model, methods: [method])
    let picture = try ImageFile.read(Fixtures.path("digits/3-01.png")).image
    let record = try explainer.explain(picture).maps[0].attribution.record
    #expect(record.segments?.count == 16)
    #expect(record.settings.contains { $0.name == "cells" && $0.value == .integer(4) })
  }
}
