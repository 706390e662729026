import ModelFiles
import Networks
import Tensors
import TestSupport
import Testing

/// Files of several exporters and editions against ONNX Runtime and PyTorch.
@Suite struct ReferenceModelTests {
  @Test(arguments: ReferenceModels.names)
  func logitsAndGradientsAgree(_ name: String) throws {
    let reference = try #require(ReferenceModels.all.models[name])
    let model = try ModelFile(contentsOf: ReferenceModels.path(name))
    #expect(model.inputShape.axes == reference.shape)
    #expect(model.classCount == reference.logits[0].count)

    let samples = reference.logits.indices.map {
      ReferenceModels.input(reference.shape, sample: $0)
    }
    let (logits, gradient) = try run(model, samples)
    for (ours, theirs) in zip(logits, reference.logits) {
      expectClose(ours, theirs, relative: reference.tolerance, absolute: reference.tolerance / 100)
    }
    let distance = relativeDistance(gradient, reference.gradient)
    #expect(distance <= max(1e-3, 5 * reference.tolerance), "gradient off by \(distance)")
  }

  /// `‖a − b‖ / ‖b‖`
  private func relativeDistance(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    let difference = zip(a, b).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
    let length = b.reduce(0) { $0 + $1 * $1 }
    return (difference / length).squareRoot()
  }

  @Test func theFileSaysWhatItKnows() throws {
    let keras = try ModelFile(contentsOf: ReferenceModels.path("keras-style"))
    #expect(keras.information.labels == ["ant", "bee", "cat", "dog", "eel"])
    #expect(keras.information.preparation.range == .zeroTo255)
    #expect(keras.outputActivation == .softmax)
    #expect(keras.notes.contains(.channelsLast))
    #expect(keras.graph[keras.logits].name == "logits")

    let cntk = try ModelFile(contentsOf: ReferenceModels.path("cntk-style"))
    #expect(cntk.notes.contains(.fixedBatch(1)))
    #expect(cntk.outputActivation == .none)

    let quantized = try ModelFile(contentsOf: ReferenceModels.path("quantized"))
    #expect(quantized.notes.contains(.quantizedActivationsInFloat))

    let half = try ModelFile(contentsOf: ReferenceModels.path("half-weights"))
    #expect(half.notes.contains(.convertedWeights))
  }
}
