import FoundationEssentials
import Tensors
import TestSupport
import Testing

@testable import Training

@Suite("Optimisers and schedules are PyTorch's")
struct OptimizerTests {
  struct Reference: Decodable {
    let start: [Float]
    let gradients: [[Float]]
    let optimizers: [String: [Double]]
    let schedules: [String: [Double]]
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let optimizer: Optimizer
    var rate: Float = 0.1
    var penalty = Penalty()
    var testDescription: String { name }
  }

  static let reference = Result {
    try JSONDecoder().decode(
      Reference.self, from: Fixtures.data("reference/training/optimizers.json"))
  }

  @Test(
    "five steps end where PyTorch's do",
    arguments: [
      Case(name: "sgd", optimizer: .sgd),
      Case(name: "sgd l2", optimizer: .sgd, penalty: Penalty(l2: 0.05)),
      Case(name: "momentum", optimizer: .momentum()),
      Case(name: "nesterov", optimizer: .nesterov()),
      Case(name: "rmsprop", optimizer: .rmsProp(), rate: 0.01),
      Case(name: "adam", optimizer: .adam(), rate: 0.01),
      Case(name: "adam l2", optimizer: .adam(), rate: 0.01, penalty: Penalty(l2: 0.05)),
      Case(name: "adamw", optimizer: .adam(), rate: 0.01, penalty: Penalty(decay: 0.05)),
    ])
  func steps(_ test: Case) throws {
    let reference = try Self.reference.get()
    let parameters = AlignedFloats(reference.start)
    let memories = (0..<test.optimizer.memoryCount).map { _ in
      AlignedFloats(count: reference.start.count)
    }
    for (index, gradient) in reference.gradients.enumerated() {
      let step = OptimizerStep(
        rate: test.rate, penalty: test.penalty, number: index + 1, gradientFactor: 1)
      // In two parts, as threads would do it.
      let gradients = AlignedFloats(gradient)
      for range in [0..<3, 3..<8] {
        test.optimizer.apply(
          step, range: range, parameters: parameters, gradients: gradients, memories: memories)
      }
    }
    expectClose(parameters.array, try #require(reference.optimizers[test.name]), relative: 2e-6)
  }

  @Test("an L1 penalty pulls towards zero from both sides and leaves zero alone")
  func absolutePenalty() {
    let parameters = AlignedFloats([1, -1, 0])
    Optimizer.sgd.apply(
      OptimizerStep(rate: 0.5, penalty: Penalty(l1: 0.5), number: 1, gradientFactor: 1),
      range: 0..<3, parameters: parameters, gradients: AlignedFloats(count: 3), memories: [])
    #expect(parameters.array == [0.75, -0.75, 0])
  }

  @Test(
    "schedules go PyTorch's way",
    arguments: [
      ("one-cycle", LearningRateSchedule(.oneCycle())), ("cosine", LearningRateSchedule(.cosine())),
      ("step", LearningRateSchedule(.step(epochs: 1))),
    ])
  func schedules(_ name: String, _ schedule: LearningRateSchedule) throws {
    let expected = try #require(try Self.reference.get().schedules[name])
    // PyTorch's one-cycle needs one step more than there are batches, or it trips over its end.
    let total = name == "one-cycle" ? 41 : 40
    let factors = (0..<40).map { schedule.factor(step: $0, total: total, stepsPerEpoch: 10) }
    expectClose(factors, expected, relative: 1e-6)
  }

  @Test("a warm-up grows evenly and then the course begins")
  func warmUp() {
    let schedule = LearningRateSchedule(.cosine(), warmUpEpochs: 0.5)
    let factors = (0..<5).map { schedule.factor(step: $0, total: 20, stepsPerEpoch: 8) }
    #expect(factors == [0.25, 0.5, 0.75, 1, 1])
  }
}
