import Tensors

/// Which coalitions ``KernelShap`` evaluates: sizes that are taken whole, and how many are drawn from
/// the others.
///
/// A size `k` is taken together with `M − k`, from `k = 1` on, as long as the drawing would be expected
/// to hit each of its coalitions once.
struct CoalitionPlan: Sendable {
  let segments: Int

  /// Sizes `1 … wholeSizes`, and those of the complements.
  private(set) var wholeSizes = 0

  /// How many coalitions are drawn.
  private(set) var drawn: Int

  /// The kernel's weight of all coalitions of the other sizes together.
  private(set) var drawnWeight = 0.0

  /// The shares of the sizes up to half among those that are drawn.
  private var shares: [Double] = []

  init(segments: Int, samples: Int) {
    self.segments = segments
    drawn = samples
    // Of each size up to half, with its complement, the weight of all its coalitions.
    let half = segments / 2
    let weights = (1..<max(1, half + 1)).map { size in
      let pair = 2 * size == segments ? 1.0 : 2.0
      return pair * Double(segments - 1) / Double(size * (segments - size))
    }
    while wholeSizes < half {
      let size = wholeSizes + 1
      let rest = weights[wholeSizes...].reduce(0, +)
      let count = (2 * size == segments ? 1 : 2) * Self.binomial(segments, size)
      guard Double(drawn) * weights[wholeSizes] / rest >= count * (1 - 1e-8) else { break }
      drawn -= Int(count)
      wholeSizes = size
    }
    if wholeSizes == half {
      drawn = 0
    } else {
      drawnWeight = weights[wholeSizes...].reduce(0, +)
      shares = weights[wholeSizes...].map { $0 / drawnWeight }
      // Whole pairs.
      drawn = max(2, drawn / 2 * 2)
    }
  }

  /// The kernel's weight of one coalition of a size.
  func weight(ofSize size: Int) -> Double {
    Double(segments - 1)
      / (Self.binomial(segments, size) * Double(size) * Double(segments - size))
  }

  private static func binomial(_ n: Int, _ k: Int) -> Double {
    (0..<min(k, n - k)).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }.rounded()
  }

  /// All coalitions of the sizes that are taken whole.
  func appendWholeSizes(to masks: inout SampleMasks) {
    for size in 1..<max(1, wholeSizes + 1) {
      var chosen = Array(0..<size)
      var isDone = false
      while !isDone {
        let members = Set(chosen)
        masks.append { members.contains($0) }
        if 2 * size != segments { masks.append { !members.contains($0) } }
        // The next choice in lexical order: move the last that can move, the others right behind it.
        guard let last = (0..<size).last(where: { chosen[$0] < segments - size + $0 }) else {
          isDone = true
          continue
        }
        let start = chosen[last] + 1
        for place in last..<size { chosen[place] = start + place - last }
      }
    }
  }

  /// Drawn coalitions, each followed by its complement; pair `p` is a function of the seed, the image
  /// and `p`.
  func drawnMasks(_ samples: Range<Int>, seed: UInt64, key: UInt64) -> SampleMasks {
    var masks = SampleMasks(segments: segments)
    for sample in samples {
      var random = CounterRandom(
        seed: seed, UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32),
        UInt32(sample / 2))
      let members = Self.members(drawnSize(random.uniform()), of: segments, &random)
      let isComplement = sample % 2 == 1
      masks.append { members[$0] != isComplement }
    }
    return masks
  }

  /// The size at a place between 0 and 1.
  private func drawnSize(_ place: Float) -> Int {
    var sum = 0.0
    for (number, share) in shares.enumerated() {
      sum += share
      if Double(place) < sum { return wholeSizes + 1 + number }
    }
    return wholeSizes + shares.count
  }

  /// `size` of the segments, each choice equally likely (Floyd's algorithm).
  private static func members(
    _ size: Int, of segments: Int, _ random: inout CounterRandom
  ) -> [Bool] {
    var members = Array(repeating: false, count: segments)
    for last in segments - size..<segments {
      let member = random.below(last + 1)
      members[members[member] ? last : member] = true
    }
    return members
  }
}
