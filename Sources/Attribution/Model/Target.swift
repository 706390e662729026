public import Networks

/// The number that is explained: one score of a model, made of its logits.
///
/// Methods know nothing of classes by name; whoever reads `--target` has made one of these of it.
public enum Target: Sendable, Hashable {
  /// The logit of a class.
  case logit(Int)

  /// The probability of a class, as the model makes it of its logits.
  case probability(Int, ClassProbability)

  /// The difference of two logits: why `this` and not `that`.
  case contrast(this: Int, that: Int)
}

extension Target {
  /// The classes it is made of.
  public var classes: [Int] {
    switch self {
    case .logit(let index), .probability(let index, _): [index]
    case .contrast(let this, let that): [this, that]
    }
  }
}
