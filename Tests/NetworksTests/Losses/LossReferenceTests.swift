import FoundationEssentials
import Networks
import Tensors
import TestSupport
import Testing

@Suite struct LossReferenceTests {
  struct File: Decodable {
    let crossEntropy: [CrossEntropyCase]
    let meanSquaredError: SquaredCase
  }

  struct CrossEntropyCase: Decodable, Sendable, CustomTestStringConvertible {
    let labelSmoothing: Float
    let classWeights: [Float]
    let labels: [Int]
    let logits: [[Float]]
    let loss: Double
    let gradient: [[Double]]

    var testDescription: String { "smoothing \(labelSmoothing), weights \(classWeights)" }
  }

  struct SquaredCase: Decodable, Sendable {
    let outputs: [[Float]]
    let targets: [[Float]]
    let loss: Double
    let gradient: [[Double]]
  }

  static let file: File = {
    do {
      return try JSONDecoder().decode(
        File.self, from: Fixtures.data("reference/layers/losses.json"))
    } catch {
      fatalError("losses.json: \(error)")
    }
  }()

  @Test(arguments: file.crossEntropy, [Float.nan, .infinity])
  func crossEntropyIsPyTorchs(_ reference: CrossEntropyCase, _ poison: Float) {
    let loss = SoftmaxCrossEntropy(
      labelSmoothing: reference.labelSmoothing, classWeights: reference.classWeights)
    let normalizer = loss.normalizer(labels: reference.labels)
    var total = 0.0
    for group in groups(of: reference.labels.count) {
      let (logits, gradient) = (poisoned([4], poison), poisoned([4], poison))
      for (lane, sample) in group.enumerated() {
        logits.mutableView.setSample(lane, to: reference.logits[sample])
      }
      total += loss.evaluate(
        logits: logits.view, labels: reference.labels[group], normalizer: normalizer,
        gradient: gradient.mutableView)
      expect(gradient, reference.gradient[group])
    }
    expectClose([Float(total)], [reference.loss], relative: 1e-6)
  }

  @Test(arguments: [Float.nan, .infinity])
  func meanSquaredErrorIsPyTorchs(_ poison: Float) {
    let reference = Self.file.meanSquaredError
    var total = 0.0
    for group in groups(of: reference.outputs.count) {
      let (outputs, targets) = (poisoned([3], poison), poisoned([3], poison))
      let gradient = poisoned([3], poison)
      for (lane, sample) in group.enumerated() {
        outputs.mutableView.setSample(lane, to: reference.outputs[sample])
        targets.mutableView.setSample(lane, to: reference.targets[sample])
      }
      total += MeanSquaredError().evaluate(
        outputs: outputs.view, targets: targets.view, activeLanes: group.count,
        batchCount: reference.outputs.count, gradient: gradient.mutableView)
      expect(gradient, reference.gradient[group])
    }
    expectClose([Float(total)], [reference.loss], relative: 1e-6)
  }

  private func groups(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: laneCount).map { $0..<min($0 + laneCount, count) }
  }

  private func poisoned(_ shape: Shape, _ poison: Float) -> Lanes {
    let lanes = Lanes(shape)
    lanes.mutableView.fill(Vector(repeating: poison))
    return lanes
  }

  /// The gradient of each sample, and nothing in idle lanes.
  private func expect(_ gradient: Lanes, _ reference: ArraySlice<[Double]>) {
    for lane in 0..<laneCount {
      guard lane < reference.count else {
        #expect(gradient.view.sample(lane).allSatisfy { $0 == 0 })
        continue
      }
      expectClose(
        gradient.view.sample(lane), reference[reference.startIndex + lane], relative: 1e-5,
        absolute: 1e-8)
    }
  }
}
