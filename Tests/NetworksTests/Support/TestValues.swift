/// Where the numbers of a test come from: each kind keeps clear of what a derivative cannot cross.
enum TestValues: Sendable {
  /// Uniform between two bounds.
  case uniform(ClosedRange<Double>)

  /// Uniform between two positive bounds with a sign at random: nothing near a kink at zero.
  case awayFromZero(ClosedRange<Double> = 0.1...2)

  /// All values at least `gap` apart, in random order around zero: no ties for a maximum.
  case distinct(gap: Double = 0.05)

  func make(_ count: Int, _ random: inout SplitMix) -> [Float] {
    switch self {
    case .uniform(let range):
      return (0..<count).map { _ in Float(Double.random(in: range, using: &random)) }
    case .awayFromZero(let range):
      return (0..<count).map { _ in
        let magnitude = Float(Double.random(in: range, using: &random))
        return Bool.random(using: &random) ? magnitude : -magnitude
      }
    case .distinct(let gap):
      return (0..<count).map { Float((Double($0) - Double(count) / 2 + 0.5) * gap) }
        .shuffled(using: &random)
    }
  }
}

/// A small generator with a seed, so that a failing test fails again.
///
/// Reference: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
