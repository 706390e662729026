import Networks
import Tensors
import Testing

@testable import Training

@Suite("Architectures as text")
struct ArchitectureTests {
  @Test(
    "presets make networks with one output for each class", arguments: ArchitecturePreset.allCases)
  func presets(_ preset: ArchitecturePreset) throws {
    let graph = try Architecture(presetOrText: preset.rawValue)
      .graph(input: [1, 28, 28], classes: 7, seed: 1)
    #expect(graph[graph.outputs[0]].shape == [7])
  }

  @Test("the LeNet has the parameters that its layers say")
  func parameterCount() throws {
    let graph = try Architecture(presetOrText: "lenet")
      .graph(input: [1, 28, 28], classes: 10, seed: 1)
    #expect(graph.trainableCount == 16 * 26 + 32 * (16 * 25 + 1) + 10 * (32 * 49 + 1))
  }

  @Test("the digit classifier stays below 100,000 parameters")
  func digits() throws {
    let graph = try Architecture(presetOrText: "digits")
      .graph(input: [1, 28, 28], classes: 10, seed: 1)
    #expect(graph.parameters.reduce(0) { $0 + $1.values.count } <= 100_000)
  }

  @Test("the same seed gives the same weights, another seed others")
  func seeds() throws {
    let architecture = try Architecture("conv 4 3x3, relu, dense classes")
    func weights(_ seed: UInt64) throws -> [[Float]] {
      try architecture.graph(input: [1, 8, 8], classes: 3, seed: seed).parameters.map(\.values)
    }
    #expect(try weights(3) == weights(3))
    #expect(try weights(3) != weights(4))
  }

  @Test(
    "errors say which characters are wrong",
    arguments: [
      ("conv 16 5x5, rely, dense 10", 13..<17),
      ("conv sixteen 5x5", 5..<12),
      ("conv 16 5by5", 8..<12),
      ("conv", 0..<4),
      ("pool 2 dense 10", 7..<12),
      ("residual(conv 4 3x3", 8..<9),
      ("dense 10)", 8..<9),
      ("dropout 1.5", 8..<11),
    ])
  func ranges(_ text: String, _ expected: Range<Int>) {
    #expect(range(of: text) == expected)
  }

  @Test("layers that do not fit together point at themselves")
  func shapes() throws {
    let tooSmall = try Architecture("pool 4, pool 4, dense classes")
    #expect(throws: ArchitectureError.self) {
      try tooSmall.graph(input: [1, 8, 8], classes: 2, seed: 1)
    }
    let wrongEnd = try Architecture("dense 9")
    #expect(throws: ArchitectureError.wrongOutput(range: 0..<7, found: [9], classes: 10)) {
      try wrongEnd.graph(input: [1, 8, 8], classes: 10, seed: 1)
    }
  }

  private func range(of text: String) -> Range<Int>? {
    do {
      _ = try Architecture(text)
      return nil
    } catch {
      switch error {
      case .empty: return nil
      case .unknownWord(_, let range, _), .missingNumber(_, let range), .badKernel(_, let range),
        .badNumber(_, let range, _), .unclosedParenthesis(let range),
        .unopenedParenthesis(let range), .impossible(_, let range, _),
        .residualSize(let range, _, _), .wrongOutput(let range, _, _):
        return range
      }
    }
  }
}
