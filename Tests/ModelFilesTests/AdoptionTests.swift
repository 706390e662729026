import TestSupport
import Testing

@testable import ModelFiles

@Suite struct AdoptionTests {
  private func information(_ labels: [String], _ fit: Fit) -> ModelInformation {
    ModelInformation(
      labels: labels, preparation: InputPreparation(range: .zeroTo255, mean: [1, 2, 3], fit: fit))
  }

  @Test func aFileKeepsItsNetworkAndLearnsItsLabels() throws {
    let foreign = [UInt8](try Fixtures.data("reference/models/depthwise-20.onnx"))
    let labels = ["a", "b", "c", "d", "e", "f"]
    let adopted = try Adoption.adopt(foreign, information(labels, .crop))
    #expect(adopted.starts(with: foreign))
    let model = try ModelFile(bytes: adopted)
    #expect(model.information == information(labels, .crop))

    let sample = ReferenceModels.input([3, 12, 12], sample: 0)
    #expect(
      try run(model, [sample]).logits == run(ModelFile(bytes: foreign), [sample]).logits)
  }

  @Test func adoptingAgainReplacesWhatStoodThere() throws {
    let foreign = [UInt8](try Fixtures.data("reference/models/keras-style.onnx"))
    let labels = ["a", "b", "c", "d", "e"]
    let once = try Adoption.adopt(foreign, information(labels, .crop))
    let twice = try Adoption.adopt(once, information(labels.reversed(), .stretch))
    #expect(twice.count == once.count + "stretch".count - "crop".count)
    let model = try ModelFile(bytes: twice)
    #expect(model.information == information(labels.reversed(), .stretch))
  }

  @Test func whatIsOnlyAssumedIsNotWrittenAsIfStated() throws {
    let foreign = [UInt8](try Fixtures.data("reference/models/plain-17.onnx"))
    var information = try ModelFile(bytes: foreign).information
    #expect(!information.statesPreparation)
    information.labels = ["a", "b", "c", "d", "e"]
    information.state(colorOrder: .bgr, fit: .letterbox)
    let adopted = try ModelFile(bytes: try Adoption.adopt(foreign, information)).information
    #expect(adopted == information && !adopted.statesPreparation)
    #expect(
      adopted.metadata.map(\.key)
        == ["whylight.labels", "whylight.input.color-order", "whylight.input.fit"])

    // The same number as the assumed one, but somebody stands for it now.
    information.state(range: .zeroToOne)
    let stated = try ModelFile(bytes: try Adoption.adopt(foreign, information)).information
    #expect(stated == information && stated.statesPreparation)
    #expect(stated != adopted)
  }

  @Test func brokenBytesAreRefused() {
    #expect(throws: ModelFileError.self) {
      try Adoption.adopt([0x3a, 5, 1], information([], .crop))
    }
  }
}
