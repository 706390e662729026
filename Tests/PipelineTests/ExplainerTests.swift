import Attribution
import Imaging
import ModelFiles
import Pipeline
import TestSupport
import Testing

@Suite struct ExplainerTests {
  /// An exact integral over a black picture is over before it begins, that over a digit needs
  /// thousands of pieces.
  @Test func aPictureThatAsksTooMuchOfAMethodFailsAlone() throws {
    let model = try ModelFile(contentsOf: Fixtures.repository + "/models/digits.onnx")
    let explainer = try Explainer(
      model, methods: ["gradient", "integrated-gradients:exact=true:pieces=20", "edges"])
    let black = Image(
      width: 28, height: 28, layout: .grey, samples: .eight(Array(repeating: 0, count: 784)))
    let digit = try ImageFile.read(Fixtures.path("digits/3-01.png")).image
    let pictures = [black, digit, black].map { explainer.preparation.prepare($0) }
    let results = try explainer.explain(pictures, on: NetworkSession(explainer.network))

    let problem = ExplanationProblem.notExplained(
      .impossible(method: "integrated-gradients", setting: "pieces", reason: .tooFew(20)))
    #expect(throws: problem) { try results[1].get() }
    for number in [0, 2] {
      #expect(
        try results[number].get().maps.map(\.method.name)
          == ["gradient", "integrated-gradients", "edges"])
    }
    #expect(throws: problem) { try explainer.explain(digit) }
  }
}
