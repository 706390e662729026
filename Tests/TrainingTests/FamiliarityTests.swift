import Networks
import Tensors
import Testing

@testable import Training

@Suite("Familiarity")
struct FamiliarityTests {
  private let shape: Shape = [1, 28, 28]
  private let workers = Workers(count: 2)

  /// Drawn digits, and a network that was never trained: the pictures alone are judged.
  private func familiarity() throws -> (Familiarity, DataSet) {
    var options = DataSetOptions()
    options.drawnCount = 1600
    let data = try DataSet.open("synthetic", options: options, workers: workers).data
    let graph = try Architecture(presetOrText: "logistic").graph(
      input: shape, classes: 10, seed: 1)
    let (training, validation) = try data.split(validation: 0.25, seed: 1)
    options.drawnSeed = 2
    return (
      try Familiarity(graph, training: training, validation: validation, workers: workers),
      try DataSet.open("synthetic", options: options, workers: workers).data
    )
  }

  private func distances(
    _ familiarity: Familiarity, _ count: Int, _ sample: (Int) -> [Float]
  ) -> [Double] {
    (0..<count).map {
      familiarity.judge(sample($0), shape: shape, logits: [0]).distance
    }
  }

  @Test("new digits look familiar; noise, blank paper, slopes, and digits in reverse do not")
  func tellsApart() throws {
    let (familiarity, unseen) = try familiarity()
    func digit(_ index: Int) -> [Float] { unseen.bytes(of: index).map { Float($0) / 255 } }
    let usual = distances(familiarity, 1000, digit)
    #expect(usual.count { $0 > 1 } <= 20)
    let strange: [(String, (Int) -> [Float])] = [
      (
        "noise",
        { index in
          var random = CounterRandom(seed: 5, UInt32(index))
          return (0..<784).map { _ in random.uniform() }
        }
      ),
      (
        "dots",
        { index in
          var random = CounterRandom(seed: 6, UInt32(index))
          return (0..<784).map { _ in random.uniform() < 0.15 ? 1 : 0 }
        }
      ),
      ("blank", { index in Array(repeating: Float(index) / 20, count: 784) }),
      ("slope", { index in (0..<784).map { Float($0 % 28) / Float(28 + index) } }),
      ("reverse", { digit($0).map { 1 - $0 } }),
    ]
    for (name, sample) in strange {
      #expect(distances(familiarity, 20, sample).allSatisfy { $0 > 1 }, "\(name)")
    }
  }

  @Test("an answer is weak below the limit")
  func judgesAnswers() throws {
    let (familiarity, _) = try familiarity()
    let sample = Array(repeating: Float(0), count: 784)
    let weak = familiarity.judge(sample, shape: shape, logits: [-9, familiarity.logit - 0.5])
    #expect(weak.isAnsweredWeakly && abs(weak.logitShortfall - 0.5) < 1e-5)
    let strong = familiarity.judge(sample, shape: shape, logits: [familiarity.logit + 1, 0])
    #expect(!strong.isAnsweredWeakly)
  }

  @Test("the distance is in units of how much the samples vary, along their own axes")
  func measuresLikeMahalanobis() {
    // Two numbers that go together; the others stand still.
    func statistics(_ a: Double, _ b: Double) -> PictureStatistics {
      PictureStatistics(values: [a, b, 0, 0, 0, 0])
    }
    let samples = [(3.0, 3.0), (-3, -3), (1, -1), (-1, 1)].map(statistics)
    let (mean, factor) = Familiarity.fit(samples)
    let familiarity = Familiarity(logit: 0, distance: 1, mean: mean, factor: factor)
    let along = familiarity.distance(of: statistics(3, 3))
    let across = familiarity.distance(of: statistics(1, -1))
    #expect(abs(along - 2.0.squareRoot()) < 1e-3 && abs(across - 2.0.squareRoot()) < 1e-3)
    #expect(familiarity.distance(of: statistics(3, -3)) > 3 * along - 0.01)
  }
}
