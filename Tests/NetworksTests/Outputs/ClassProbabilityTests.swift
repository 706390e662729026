import Foundation
import Networks
import Testing

@Suite struct ClassProbabilityTests {
  private static let logits = [0.7, -1.2, 2.5, 0]

  @Test(arguments: ClassProbability.allCases)
  func theGradientIsThatOfTheProbability(_ kind: ClassProbability) {
    let step = 1e-5
    for index in Self.logits.indices {
      let gradient = kind.gradient(of: index, at: Self.logits)
      for other in Self.logits.indices {
        let ends = [step, -step].map { change in
          var moved = Self.logits
          moved[other] += change
          return kind.probabilities(of: moved)[index]
        }
        #expect(abs(gradient[other] - (ends[0] - ends[1]) / (2 * step)) < 1e-9)
      }
    }
  }

  @Test func whatAddsUpToOneDoes() {
    // σ(0) = 1/2 of three classes: a third each. σ(ln 3) = 3/4 beside σ(−ln 3) = 1/4.
    #expect(ClassProbability.sigmoid.probabilities(of: [0, 0, 0]) == [0.5, 0.5, 0.5])
    for share in ClassProbability.normalizedSigmoid.probabilities(of: [0, 0, 0]) {
      #expect(abs(share - 1.0 / 3) < 1e-15)
    }
    let shares = ClassProbability.normalizedSigmoid.probabilities(
      of: [1.0986122886681098, -1.0986122886681098, 0])
    for (share, expected) in zip(shares, [0.5, 1.0 / 6, 1.0 / 3]) {
      #expect(abs(share - expected) < 1e-15)
    }
  }

  /// Where every sigmoid is nothing in double precision, shares of their sum still are something.
  @Test(arguments: ClassProbability.allCases)
  func logitsFarFromZeroGiveNumbers(_ kind: ClassProbability) {
    for logits in [[-2000.0, -2001, -2000], [2000, 2001, 2000]] {
      let probabilities = kind.probabilities(of: logits)
      #expect(probabilities.allSatisfy { (0...1).contains($0) })
      if kind != .sigmoid { #expect(abs(probabilities.reduce(0, +) - 1) < 1e-12) }
      #expect(kind.gradient(of: 1, at: logits).allSatisfy { $0.isFinite })
      #expect((0..<3).allSatisfy { kind.surprise(at: $0, of: logits).isFinite })
    }
  }

  @Test(arguments: ClassProbability.allCases)
  func theSurpriseIsTheLogarithmOfTheProbability(_ kind: ClassProbability) {
    for (index, probability) in kind.probabilities(of: Self.logits).enumerated() {
      #expect(abs(exp(-kind.surprise(at: index, of: Self.logits)) - probability) < 1e-15)
    }
  }
}
