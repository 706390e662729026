import Networks
import Testing

@testable import ModelFiles

/// Operators of other domains, and what makes an answer of scores.
@Suite struct LoweringTests {
  /// `[1, 4] → [1, 2]` by three numbers a class and an intercept.
  private func classifier(_ transform: String, then: [ONNX.Node] = []) -> [UInt8] {
    let linear = node(
      "LinearClassifier", ["image"], ["label", then.isEmpty ? "scores" : "raw"], name: "linear",
      domain: "ai.onnx.ml",
      [
        ONNX.Attribute("coefficients", floats: [1, 2, 3, 0, 0, -1, 0, 4]),
        ONNX.Attribute("intercepts", floats: [0.5, -0.5]),
        ONNX.Attribute("classlabels_strings", texts: ["ant", "bee"]),
        ONNX.Attribute("post_transform", transform),
      ])
    return model([linear] + then, input: [nil, 4])
  }

  @Test(arguments: [("NONE", OutputActivation.none), ("SOFTMAX", .softmax), ("LOGISTIC", .sigmoid)])
  func aLinearClassifierIsADenseLayer(
    _ transform: String, _ activation: OutputActivation
  ) throws {
    let normalizer = node(
      "Normalizer", ["raw"], ["scores"], domain: "ai.onnx.ml", [ONNX.Attribute("norm", "L1")])
    let file = try ModelFile(
      bytes: classifier(transform, then: activation == .none ? [] : [normalizer]))
    #expect(file.outputActivation == activation)
    #expect(try run(file, [[1, 2, 3, 4]]).logits == [[14.5, 13.5]])
    #expect(file.information.labels == ["ant", "bee"])
  }

  @Test func theAnswerIsSteppedBehind() throws {
    // Classes picked by the largest score's number, and a map from names to scores.
    let classes = ONNX.Tensor("classes", axes: [2], integers: [5, 6])
    let ends: [[ONNX.Node]] = [
      [node("ArgMax", ["means"], ["scores"])],
      [
        node("ArgMax", ["means"], ["best"]),
        node("ArrayFeatureExtractor", ["classes", "best"], ["picked"], domain: "ai.onnx.ml"),
        node("Cast", ["picked"], ["scores"], [ONNX.Attribute("to", 7)]),
      ],
      [
        node(
          "ZipMap", ["means"], ["scores"], domain: "ai.onnx.ml",
          [ONNX.Attribute("classlabels_strings", texts: ["ant", "bee"])])
      ],
      [node("TopK", ["means", "classes"], ["scores", "places"])],
    ]
    for end in ends {
      let file = try ModelFile(
        bytes: model(
          [node("ReduceMean", ["image"], ["means"], [ONNX.Attribute("axes", [2, 3])])] + end,
          input: [nil, 2, 8, 8], initializers: [classes]))
      #expect(file.classCount == 2)
      #expect(
        file.notes.contains(.decisionSteppedBehind(output: "scores", scores: "means")),
        "\(end.map(\.operation))")
      #expect(file.information.labels == (end[0].operation == "ZipMap" ? ["ant", "bee"] : []))
    }
  }

  @Test func settingsWithoutAMeaningHereAreRefusedByName() {
    let probit = UnsupportedNode(
      node: "linear", operation: "LinearClassifier", domain: "ai.onnx.ml")
    #expect(throws: ModelFileError.unsupportedOperators([probit])) {
      try ModelFile(bytes: classifier("PROBIT"))
    }
  }

  private func fused(
    _ activation: String, _ numbers: [Float], adding: Bool = false
  ) throws -> [Float] {
    let weights = ONNX.Tensor("w", axes: [2, 1, 1, 1], floats: [2, -2])
    let addend = ONNX.Tensor("z", axes: [1, 2, 1, 1], floats: [1, 3])
    let conv = node(
      "FusedConv", adding ? ["image", "w", "", "z"] : ["image", "w"], ["map"], name: "fused",
      domain: "com.microsoft",
      [
        ONNX.Attribute("activation", activation),
        ONNX.Attribute("activation_params", floats: numbers),
      ])
    let file = try ModelFile(
      bytes: model(
        [conv, node("Flatten", ["map"], ["scores"])], input: [1, 1, 1, 1],
        initializers: [weights, addend]))
    let written = try ModelFile(bytes: file.onnxBytes)
    #expect(
      written.graph.nodes.map { "\($0.operation)" } == file.graph.nodes.map { "\($0.operation)" })
    return try run(file, [[1]]).logits[0]
  }

  @Test func fusedConvolutionsApplyTheirActivation() throws {
    #expect(try fused("Relu", []) == [2, 0])
    #expect(try fused("Relu", [], adding: true) == [3, 1])
    #expect(try fused("LeakyRelu", [0.25]) == [2, -0.5])
    #expect(try fused("Clip", [-1.5, 1]) == [1, -1.5])
    #expect(try fused("HardSigmoid", [0.25, 0.5]) == [1, 0])
    #expect(throws: ModelFileError.self) { try fused("Unheard", []) }
  }
}
