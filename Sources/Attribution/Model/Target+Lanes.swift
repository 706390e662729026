public import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Target {
  /// The score of this target in one lane of a group's logits.
  public func score(_ logits: LanesView, lane: Int) -> Float {
    switch self {
    case .logit(let index): logits[index][lane]
    case .contrast(let this, let that): logits[this][lane] - logits[that][lane]
    case .probability(let index): Self.probabilities(logits, lane: lane)[index]
    }
  }

  /// Writes ∂score/∂logits into one lane, all of it.
  public func writeSeed(_ logits: LanesView, lane: Int, into dLogits: MutableLanesView) {
    for index in 0..<dLogits.count { dLogits[index][lane] = 0 }
    switch self {
    case .logit(let index):
      dLogits[index][lane] = 1
    case .contrast(let this, let that):
      dLogits[this][lane] += 1
      dLogits[that][lane] -= 1
    case .probability(let index):
      // ∂p_i/∂z_j = p_i (δ_ij − p_j)
      let probabilities = Self.probabilities(logits, lane: lane)
      for other in 0..<dLogits.count {
        let own: Float = other == index ? 1 : 0
        dLogits[other][lane] = probabilities[index] * (own - probabilities[other])
      }
    }
  }

  private static func probabilities(_ logits: LanesView, lane: Int) -> [Float] {
    let values = (0..<logits.count).map { Double(logits[$0][lane]) }
    let largest = values.max() ?? 0
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}
