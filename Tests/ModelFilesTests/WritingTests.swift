import Networks
import Tensors
import TestSupport
import Testing

@testable import ModelFiles

@Suite struct WritingTests {
  /// The parts of a graph that must survive, written out.
  private func description(_ model: ModelFile) -> [String] {
    let graph = model.graph
    return graph.nodes.map {
      "\($0.name) \($0.operation) \($0.inputs) \($0.parameters) \(graph[$0.output].name)"
    } + graph.parameters.map { "\($0.name) \($0.shape) \($0.values)" }
      + ["\(graph.outputs) \(graph.inputs.map { graph[$0].name })"]
  }

  @Test(arguments: ReferenceModels.names)
  func whatWasReadIsWrittenTheSame(_ name: String) throws {
    let first = try ModelFile(contentsOf: ReferenceModels.path(name))
    let second = try ModelFile(bytes: first.onnxBytes)
    let (before, after) = (description(first), description(second))
    #expect(after.count == before.count)
    for (old, new) in zip(before, after) where old != new {
      Issue.record("\(old.prefix(200)) became \(new.prefix(200))")
    }
    #expect(second.onnxBytes == first.onnxBytes)
    #expect(second.outputActivation == first.outputActivation)

    let shape = second.inputShape.axes
    let sample = ReferenceModels.input(shape, sample: 0)
    #expect(try run(second, [sample]).logits == run(first, [sample]).logits)
  }

  @Test func informationStaysInTheFile() throws {
    var model = try ModelFile(contentsOf: ReferenceModels.path("plain-17"))
    model.information = ModelInformation(
      labels: ["a", "b", "c, d", "e", "ä"],
      preparation: InputPreparation(
        range: .minusOneToOne, mean: [0.485, 0.456, 0.406], standardDeviation: [0.1, 0.2, 0.3],
        colorOrder: .bgr, inversion: .never, fit: .crop),
      trainingRecord: #"{"epochs":3}"#, seed: .max)
    let again = try ModelFile(bytes: model.onnxBytes)
    #expect(again.information.labels == model.information.labels)
    #expect(again.information.preparation == model.information.preparation)
    #expect(again.information.trainingRecord == model.information.trainingRecord)
    #expect(again.information.seed == .max)
    #expect(again.information.statesPreparation)
    #expect(again.label(4) == "ä")
  }

  @Test func labelsThatDoNotFitAreRefused() throws {
    var model = try ModelFile(contentsOf: ReferenceModels.path("plain-17"))
    model.information.labels = ["a", "b"]
    let bytes = model.onnxBytes
    #expect(throws: ModelFileError.labelCount(found: 2, classes: 5)) {
      try ModelFile(bytes: bytes)
    }
  }

  @Test(
    arguments: [
      (#"["cat", "dog"]"#, ["cat", "dog"]),
      ("['it\\'s', 'a, b']", ["it's", "a, b"]),
      ("{0: 'cat', 1: 'dog'}", ["cat", "dog"]),
      (#"{"1": "dog", "0": "cat"}"#, ["cat", "dog"]),
      ("cat\ndog\n", ["cat", "dog"]),
      ("cat, dog", ["cat", "dog"]),
      ("cat\r\nbig dog\r\n", ["cat", "big dog"]),
      ("[\"\u{E01}\", \"\u{E33}\"]", ["\u{E01}", "\u{E33}"]),
      ("\u{E01},\u{E33}", ["\u{E01}", "\u{E33}"]),
      ("{0: 'cat', 2: 'dog'}", nil),
      ("{0: 'cat', 0: 'dog'}", nil),
      ("['cat'", nil),
      ("", nil),
    ] as [(String, [String]?)])
  func listsOfNamesAreUnderstood(_ text: String, _ names: [String]?) {
    #expect(LabelList.parse(text) == names)
  }

  /// A constant of more axes than the value it is added to.
  @Test func whatBroadcastingAddsIsWrittenAsItIsRead() throws {
    let constant = ONNX.Tensor("c", axes: [1, 2, 1, 1], floats: [1, 2])
    let first = try ModelFile(
      bytes: model(
        [node("Add", ["image", "c"], ["scores"])], input: [2, 6, 6], initializers: [constant]))
    let second = try ModelFile(bytes: first.onnxBytes)
    #expect(description(second) == description(first))
  }
}
