import Testing

@testable import Training

@Suite("Evaluation")
struct EvaluationTests {
  /// Four samples of three classes: right, wrong, right, wrong.
  private let evaluation = Evaluation(
    Scores(
      classCount: 3, labels: [0, 1, 2, 0],
      logits: [3, 0, 0] + [2, 1, 0] + [0, 0, 5] + [0, 0, 4]),
    classes: ["a", "b", "c"])

  @Test("counts go where label and answer say")
  func confusion() {
    #expect(evaluation.confusion == [[1, 0, 1], [1, 0, 0], [0, 0, 1]])
    #expect(evaluation.accuracy == 0.5)
    #expect(evaluation.precision(0) == 0.5)
    #expect(evaluation.recall(0) == 0.5)
    #expect(evaluation.precision(1) == nil)
    #expect(evaluation.recall(1) == 0)
    #expect(evaluation.f1(2) == 2.0 / 3)
    #expect(evaluation.topCounts == [2, 4, 4])
  }

  @Test("mistakes come the most confident first")
  func mistakes() {
    #expect(evaluation.mistakes.map(\.sample) == [3, 1])
    #expect(evaluation.mistakes[0].answer == 2)
  }

  @Test(
    "Wilson's interval agrees with published values",
    arguments: [
      (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (9960, 10_000, 0.9955, 0.9972),
    ])
  func interval(_ successes: Int, _ count: Int, _ lower: Double, _ upper: Double) {
    let interval = wilsonInterval(successes: successes, of: count)
    #expect(abs(interval.lowerBound - lower) < 1e-3)
    #expect(abs(interval.upperBound - upper) < 1e-3)
  }

  @Test("an answerer who is as good as he says has no calibration error")
  func calibration() {
    let honest = (0..<100).map { (confidence: 0.75, isRight: $0 % 4 != 0) }
    #expect(Calibration(honest).expectedError < 1e-12)
    let boaster = (0..<100).map { (confidence: 1.0, isRight: $0 % 2 == 0) }
    #expect(abs(Calibration(boaster).expectedError - 0.5) < 1e-12)
  }
}
