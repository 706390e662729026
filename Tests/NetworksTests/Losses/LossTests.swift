import Networks
import Tensors
import TestSupport
import Testing

@Suite struct LossTests {
  @Test func hugeLogitsDoNotOverflow() {
    let logits = Lanes([2], samples: [[1e4, -1e4], [-1e4, 1e4]])
    let loss = SoftmaxCrossEntropy().evaluate(
      logits: logits.view, labels: [0, 0], normalizer: 2, gradient: nil)
    #expect(loss == 1e4)
  }

  @Test func equalLogitsCostTheLogarithmOfTheClasses() {
    let logits = Lanes([8], samples: [Array(repeating: 3, count: 8)])
    let loss = SoftmaxCrossEntropy(labelSmoothing: 0.1).evaluate(
      logits: logits.view, labels: [5], normalizer: 1, gradient: nil)
    #expect(abs(loss - 2.0794415) < 1e-6)
  }

  @Test func thePenaltyIsItsFormula() {
    let penalty = WeightPenalty(l1: 0.5, l2: 0.25)
    #expect(penalty.value(of: [1, -2, 0]) == 0.5 * 3 + 0.25 * 5)
    var gradient: [Float] = [1, 1, 1]
    penalty.addGradient(at: [1, -2, 0], to: &gradient)
    #expect(gradient == [1 + 0.5 + 0.5, 1 - 0.5 - 1, 1])
  }

  @Test func biasesAndConstantsAreUsuallyNotPenalised() {
    var graph = Graph()
    let weights = graph.addParameter(Parameter("weights", [2, 3], Array(repeating: 1, count: 6)))
    graph.addParameter(Parameter("bias", [2], [1, 1]))
    graph.addParameter(Parameter("mean", [1, 1], [1], isTrainable: false))
    #expect(WeightPenalty.usualParameters(of: graph) == [weights])
  }
}
