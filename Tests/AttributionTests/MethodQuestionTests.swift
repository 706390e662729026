import Attribution
import Networks
import Segmentation
import Tensors
import Testing

/// What is known to be impossible before there is an input.
@Suite struct MethodQuestionTests {
  private static let flat: NetworkModel = {
    var builder = NetworkBuilder()
    do {
      let input = try builder.graph.addInput("numbers", [144])
      builder.graph.markOutput(try builder.dense(input, 4))
    } catch {
      preconditionFailure("a dense layer that cannot be built: \(error)")
    }
    return NetworkModel(builder.graph, space: .unit(channels: 1))
  }()

  @Test(arguments: [
    ("occlusion:window=13", "window", MethodError.Reason.largerThan(12)),
    ("occlusion:window=4:stride=5", "stride", .largerThan(4)),
    ("shapley-exact:cells=5", "the segments", .tooManySegments(found: 25, most: 16)),
    ("integrated-gradients:baseline=black+given", "baseline", .needsBaselinePicture),
    ("integrated-gradients:steps=5:baseline=given", "baseline", .needsBaselinePicture),
    ("integrated-gradients:exact=true:baseline=given", "baseline", .needsBaselinePicture),
    ("expected-gradients:baseline=given", "baseline", .needsBaselinePicture),
    ("guided-ig:baseline=given", "baseline", .needsBaselinePicture),
    ("deeplift:baseline=given", "baseline", .needsBaselinePicture),
    ("occlusion:fill=image", "fill", .needsBaselinePicture),
    ("rise:fill=image", "fill", .needsBaselinePicture),
    ("lime:fill=image", "fill", .needsBaselinePicture),
    ("ablation:segmenter=given", "segmenter", .needsLabelMap),
    ("kernel-shap:segmenter=given", "segmenter", .needsLabelMap),
  ])
  func settingsThatCannotBeAreFound(
    _ specification: String, _ setting: String, _ reason: MethodError.Reason
  ) throws {
    let method = try MethodSpecification(specification)
    #expect(
      throws: MethodError.impossible(
        method: method.description.name, setting: setting, reason: reason)
    ) {
      try method.check(TestNetwork.plain.model, explaining: .logit(0))
    }
  }

  @Test(arguments: ["lrp", "deeplift", "deeplift-shap", "integrated-gradients:exact=true"])
  func methodsOfLogitsRefuseProbabilities(_ specification: String) throws {
    let method = try MethodSpecification(specification)
    let target = Target.probability(0, .softmax)
    #expect(
      throws: MethodError.unsupportedTarget(method: method.description.name, target: target)
    ) {
      try method.check(TestNetwork.plain.model, explaining: target)
    }
  }

  @Test(arguments: [
    ("occlusion", "model"), ("rise", "cells"), ("lime", "segmenter"), ("xrai", "model"),
    ("blur-ig", "model"), ("edges", "model"), ("gradient-shap:baseline=blur", "baseline"),
    ("grad-cam", "model"),
  ])
  func methodsOfImagesRefuseNumbersInARow(_ specification: String, _ setting: String) throws {
    let method = try MethodSpecification(specification)
    #expect(
      throws: MethodError.impossible(
        method: method.description.name, setting: setting, reason: .needsSpatialInput)
    ) {
      try method.check(Self.flat, explaining: .logit(0))
    }
  }

  /// What an image shows of a label map of another size is not known before there is one.
  @Test(arguments: [(12, 4, false), (12, 5, true), (24, 5, false)])
  func segmentsThatAllImagesShowAreCounted(side: Int, cells: Int, isRefused: Bool) throws {
    let map = LabelMap(grid: cells, height: side, width: side)
    let method = try MethodSpecification("shapley-exact:segmenter=given")
    let expected = MethodError.impossible(
      method: "shapley-exact", setting: "the segments",
      reason: .tooManySegments(found: 25, most: 16))
    func check() throws(MethodError) {
      try method.check(TestNetwork.plain.model, explaining: .logit(0), labelMap: map)
    }
    if isRefused { #expect(throws: expected, performing: check) } else { try check() }
  }

  @Test func whatIsGivenIsNotMissed() throws {
    let baselines = [TestNetwork.image(0)]
    let labelMap = LabelMap(grid: 2, height: 3, width: 3)
    for specification in ["lime:segmenter=given:fill=image", "guided-ig:baseline=given"] {
      try MethodSpecification(specification).check(
        TestNetwork.plain.model, explaining: .logit(0), baselines: baselines, labelMap: labelMap)
    }
  }

  @Test(arguments: MethodCatalogue.all.map(\.name))
  func everyMethodAsItIsSuitsAPlainNetwork(_ name: String) throws {
    try MethodSpecification(name).check(TestNetwork.plain.model, explaining: .logit(0))
  }
}
