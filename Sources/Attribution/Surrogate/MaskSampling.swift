import Tensors

/// How the masks of a surrogate are drawn.
public enum MaskSampling: String, Sendable, Hashable, CaseIterable {
  /// Each segment on or off by the toss of a coin.
  case bernoulli

  /// The same, each mask followed by its complement: what two segments do together then cancels
  /// from what each does alone.
  case paired

  /// How many samples are drawn together.
  var together: Int {
    switch self {
    case .bernoulli: 1
    case .paired: 2
    }
  }

  /// The masks of an image; sample `k` is a function of the seed, the image and `k`.
  func masks(_ count: Int, segments: Int, seed: UInt64, key: UInt64) -> SampleMasks {
    var masks = SampleMasks(segments: segments)
    for draw in 0..<(count + together - 1) / together {
      var random = CounterRandom(
        seed: seed, UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32),
        UInt32(draw))
      let words = (0..<(segments + 31) / 32).map { _ in random.nextWord() }
      func toss(_ segment: Int) -> Bool { words[segment / 32] >> UInt32(segment % 32) & 1 == 1 }
      masks.append(toss)
      if self == .paired, masks.count < count { masks.append { !toss($0) } }
    }
    return masks
  }
}
