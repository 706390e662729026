import TestSupport
import Testing
import Whylight

/// The example of the documentation and the README, as it stands there.
@Suite struct ExampleTests {
  @Test func aPictureIsExplainedInALittleCode() async throws {
    let (model, seven) = (
      Fixtures.repository + "/models/digits.onnx", Fixtures.path("digits/7-01.png")
    )
    try await withTemporaryFolder { folder in
      let why = folder + "/why.png"
      let explainer = try Explainer(ModelFile(contentsOf: model), methods: ["occlusion"])
      let picture = try ImageFile.read(seven).image
      let explanation = try explainer.explain(picture)
      let map = explanation.maps[0]
      let drawn = DrawnMap(map, of: explanation.prepared, DrawingSettings())
      try ImageFile.write(drawn.overlay(on: picture), to: why, as: .png(PNGOptions()))
      #expect(explanation.answer.predictions[0].label == "7" && map.attribution.sum > 0)
      #expect(try ImageFile.read(why).image.width == 252)
    }
  }

  @Test func segmentsOfAUsersOwnNeedNoOtherImport() throws {
    let model = try ModelFile(contentsOf: Fixtures.repository + "/models/digits.onnx")
    let seven = try ImageFile.read(Fixtures.path("digits/7-01.png")).image
    var settings = ExplainerSettings()
    settings.segments = LabelMap(
      height: seven.height, width: seven.width,
      renumbering: (0..<seven.height * seven.width).map { $0 / seven.width * 2 / seven.height })
    let explainer = try Explainer(model, methods: ["occlusion", "lime"], settings: settings)
    let lime = try explainer.explain(seven).maps[1].attribution
    #expect(Set(lime.values).count == 2)
  }

  @Test(arguments: ["README.md", "Sources/Whylight/Whylight.docc/Whylight.md"])
  func theDocumentsShowTheCodeThatIsTested(document: String) throws {
    let text = String(
      decoding: try Fixtures.data("../" + document), as: UTF8.self)
    for line in [
      "let explainer = try Explainer(ModelFile(contentsOf: \"digits.onnx\"), methods: [\"occlusion\"])",
      "let picture = try ImageFile.read(\"seven.png\").image",
      "let explanation = try explainer.explain(picture)", "let map = explanation.maps[0]",
      "let drawn = DrawnMap(map, of: explanation.prepared, DrawingSettings())",
      "try ImageFile.write(drawn.overlay(on: picture), to: \"why.png\", as: .png(PNGOptions()))",
    ] { #expect(text.contains(line), "\(line)") }
  }
}
