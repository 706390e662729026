import Tensors

/// How the masks of a surrogate are drawn.
public enum MaskSampling: String, Sendable, Hashable, CaseIterable {
  /// Each segment on or off by the toss of a coin.
  case bernoulli

  /// The same, each mask followed by its complement: what two segments do together then cancels
  /// from what each does alone.
  case paired

  /// Every mask once, if there are no more than samples asked for; otherwise as ``paired``.
  case whole

  /// How many samples are drawn together; nothing where none is drawn.
  var together: Int? {
    switch self {
    case .bernoulli: 1
    case .paired: 2
    case .whole: nil
    }
  }

  /// What is done with so many segments.
  func possible(segments: Int, most: Int) -> MaskSampling {
    self == .whole && (segments >= Int.bitWidth - 1 || 1 << segments > most) ? .paired : self
  }
}

/// The masks of one image; sample `k` is a function of the seed, the image and `k`.
struct MaskDraws: Sendable {
  private let sampling: MaskSampling
  private let startsWhole: Bool
  private let segments: Int
  private let seed: UInt64
  private let key: UInt64

  init(
    _ sampling: MaskSampling, startsWhole: Bool, segments: Int, seed: UInt64, key: UInt64
  ) {
    self.sampling = sampling
    self.startsWhole = startsWhole
    self.segments = segments
    self.seed = seed
    self.key = key
  }

  func masks(_ samples: Range<Int>) -> SampleMasks {
    guard let together = sampling.together else {
      return SampleMasks(segments: segments, numbers: samples)
    }
    var masks = SampleMasks(segments: segments)
    for sample in samples {
      let words = words(ofDraw: sample / together)
      let isComplement = sample % together == 1
      masks.append { segment in
        if startsWhole && sample == 0 { return true }
        let isOn = words[segment / 32] >> UInt32(segment % 32) & 1 == 1
        return isOn != isComplement
      }
    }
    return masks
  }

  private func words(ofDraw draw: Int) -> [UInt32] {
    var random = CounterRandom(
      seed: seed, UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32),
      UInt32(draw))
    return (0..<(segments + 31) / 32).map { _ in random.nextWord() }
  }
}
