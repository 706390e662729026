import Networks
public import Tensors

extension Target {
  /// The score of this target in one lane of a group's logits.
  public func score(_ logits: LanesView, lane: Int) -> Float {
    switch self {
    case .logit(let index): logits[index][lane]
    case .contrast(let this, let that): logits[this][lane] - logits[that][lane]
    case .probability(let index, let kind):
      Float(kind.probabilities(of: logits.sample(lane).map(Double.init))[index])
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
    case .probability(let index, let kind):
      for (other, slope) in kind.gradient(of: index, at: logits.sample(lane).map(Double.init))
        .enumerated()
      {
        dLogits[other][lane] = Float(slope)
      }
    }
  }
}
