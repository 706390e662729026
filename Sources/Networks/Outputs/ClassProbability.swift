#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How the probabilities of classes follow from their logits z.
public enum ClassProbability: String, Sendable, Hashable, CaseIterable {
  /// `e^z` over the sum of all classes' `e^z`: one class of several is right.
  case softmax

  /// `σ(z) = 1 / (1 + e^−z)`, each class for itself.
  case sigmoid

  /// `σ(z)` over the sum of all classes' `σ(z)`: each class against the rest, then made to add up to
  /// one, as scikit-learn's one-vs-rest classifiers do.
  case normalizedSigmoid = "normalized-sigmoid"
}

extension ClassProbability {
  /// The probability of each class.
  public func probabilities(of logits: [Double]) -> [Double] {
    switch self {
    case .softmax: Self.softmax(logits)
    case .sigmoid: logits.map(Self.sigmoid)
    case .normalizedSigmoid: Self.softmax(logits.map(Self.logarithmOfSigmoid))
    }
  }

  /// Minus the natural logarithm of a class's probability, the cross-entropy if it is the right one:
  /// a number also where the probability is nothing in double precision.
  public func surprise(at index: Int, of logits: [Double]) -> Double {
    switch self {
    case .softmax: Self.softmaxSurprise(at: index, of: logits)
    case .sigmoid: -Self.logarithmOfSigmoid(logits[index])
    case .normalizedSigmoid:
      Self.softmaxSurprise(at: index, of: logits.map(Self.logarithmOfSigmoid))
    }
  }

  /// How the probability of one class changes with each logit.
  public func gradient(of index: Int, at logits: [Double]) -> [Double] {
    if self == .sigmoid {
      let own = Self.sigmoid(logits[index]) * Self.sigmoid(-logits[index])
      return logits.indices.map { $0 == index ? own : 0 }
    }
    // ∂p_i/∂z_j = p_i (δ_ij − p_j), and behind a logarithm of a sigmoid its slope σ(−z_j).
    let probabilities = probabilities(of: logits)
    return logits.indices.map { other in
      let slope = self == .softmax ? 1 : Self.sigmoid(-logits[other])
      return probabilities[index] * ((other == index ? 1 : 0) - probabilities[other]) * slope
    }
  }

  private static func softmax(_ values: [Double]) -> [Double] {
    let largest = values.max() ?? 0
    let powers = values.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func softmaxSurprise(at index: Int, of values: [Double]) -> Double {
    let largest = values.max() ?? 0
    let sum = values.reduce(0) { $0 + exp($1 - largest) }
    return log(sum) + largest - values[index]
  }

  private static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

  /// Far below zero it is the value itself, where the sigmoid is nothing any more.
  private static func logarithmOfSigmoid(_ value: Double) -> Double {
    min(value, 0) - log1p(exp(-abs(value)))
  }
}
