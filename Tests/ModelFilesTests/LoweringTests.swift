import Networks
import Tensors
import TestSupport
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

  @Test(arguments: [
    ("NONE", false, OutputActivation.none), ("SOFTMAX", true, .softmax),
    ("SOFTMAX", false, .softmax), ("LOGISTIC", true, .normalizedSigmoid),
    ("LOGISTIC", false, .sigmoid),
  ])
  func aLinearClassifierIsADenseLayer(
    _ transform: String, _ isNormalized: Bool, _ activation: OutputActivation
  ) throws {
    let normalizer = node(
      "Normalizer", ["raw"], ["scores"], domain: "ai.onnx.ml", [ONNX.Attribute("norm", "L1")])
    let file = try ModelFile(bytes: classifier(transform, then: isNormalized ? [normalizer] : []))
    #expect(file.outputActivation == activation)
    #expect(try run(file, [[1, 2, 3, 4]]).logits == [[14.5, 13.5]])
    #expect(file.information.labels == ["ant", "bee"])

    // What is said of the classes is what the file itself computes.
    for sample: [Float] in [[1, 2, 3, 4], [-1, 0.25, 0, -0.5], [0.5, 0, -0.5, 0.125]]
    where activation != .none {
      let logits = try run(file, [sample]).logits[0].map(Double.init)
      expectClose(
        try output(of: file, sample), file.probability.probabilities(of: logits), relative: 1e-5)
    }
  }

  private func output(of file: ModelFile, _ sample: [Float]) throws -> [Float] {
    let plan = try Plan(file.graph, PlanRequest(provided: [file.input], outputs: [file.output]))
    let workspace = Workspace(plan)
    workspace[file.input].setSample(0, to: sample)
    workspace.forward(plan.weights(of: file.graph), group: GroupContext(activeLanes: 1))
    return workspace[file.output].readOnly.sample(0)
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

  @Test func namesakesAreToldApart() throws {
    func conv(_ input: String, _ weights: String, _ output: String) -> ONNX.Node {
      node(
        "FusedConv", [input, weights], [output], name: "conv", domain: "com.microsoft",
        [ONNX.Attribute("activation", "Relu")])
    }
    let weights = ["v", "w"].map {
      ONNX.Tensor($0, axes: [1, 1, 1, 1], floats: [$0 == "v" ? 2 : 3])
    }
    let file = try ModelFile(
      bytes: model(
        [conv("image", "v", "a"), conv("a", "w", "b"), node("Flatten", ["b"], ["scores"])],
        input: [1, 1, 1, 2], initializers: weights))
    #expect(try run(file, [[1, -1]]).logits == [[6, 0]])
  }

  /// As ONNX Runtime 1.31.1 computes it: a variance of 2.19e-12 beside its own ε of 1e-12, or 1e-5.
  @Test(
    arguments: [
      (nil, [-0.9801962, -0.42008412, 0.14002779, 1.2602521]),
      (1e-11, [-0.50128045, -0.21483448, 0.07161143, 0.6445035]),
    ] as [(Float?, [Double])])
  func anOpenEpsilonIsThatOfTheOperator(_ epsilon: Float?, _ expected: [Double]) throws {
    let skip = node(
      "SkipLayerNormalization", ["image", "image", "scale"], ["scores"], domain: "com.microsoft",
      epsilon.map { [ONNX.Attribute("epsilon", $0)] } ?? [])
    let file = try ModelFile(
      bytes: model(
        [skip], input: [nil, 4],
        initializers: [ONNX.Tensor("scale", axes: [4], floats: [1, 1, 1, 1])]))
    expectClose(try run(file, [[5e-7, 1e-6, 1.5e-6, 2.5e-6]]).logits[0], expected, relative: 1e-4)
  }
}
