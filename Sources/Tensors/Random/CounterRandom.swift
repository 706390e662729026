#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Random numbers that are a pure function of a seed, three counters, and a position.
///
/// Name a stream by what it is for (image, method, sample) and its numbers are the same on every
/// thread, in every order and batch split:
///
/// ```
/// var random = CounterRandom(seed: 7, image, method, sample)
/// let noise = random.normal()
/// ```
///
/// Each stream holds 2³⁴ words of 32 bits. Streams of different counters or seeds are independent
/// (see `Philox`).
public struct CounterRandom: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private let stream: SIMD3<UInt32>
  private var position: UInt32 = 0
  private var words = SIMD4<UInt32>()
  private var unread = 0
  private var spareNormal: Float?

  /// The start of the stream that the seed and the counters name.
  public init(seed: UInt64, _ first: UInt32 = 0, _ second: UInt32 = 0, _ third: UInt32 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    stream = SIMD3(first, second, third)
  }

  /// The next 32 random bits.
  public mutating func nextWord() -> UInt32 {
    if unread == 0 {
      let counter = SIMD4(position, stream.x, stream.y, stream.z)
      words = Philox.block(key: key, counter: counter)
      position &+= 1
      unread = 4
    }
    let word = words[4 - unread]
    unread -= 1
    return word
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let low = UInt64(nextWord())
    return UInt64(nextWord()) << 32 | low
  }

  /// A number in `[0, 1)`, one of 2²⁴ equally likely ones.
  public mutating func uniform() -> Float { Float(nextWord() >> 8) * 0x1p-24 }

  /// A number in `[lower, upper)`.
  public mutating func uniform(_ lower: Float, _ upper: Float) -> Float {
    min(lower + (upper - lower) * uniform(), upper.nextDown)
  }

  /// A number below `bound`, every one equally likely.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "no number is below \(bound) and at least zero")
    return Int.random(in: 0..<bound, using: &self)
  }

  /// A number of the standard normal distribution.
  ///
  /// Reference: Box, Muller, "A note on the generation of random normal deviates", 1958: two
  /// uniform numbers give two normal ones; the second is kept for the next call.
  public mutating func normal() -> Float {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    // In (0, 1], so that the logarithm is finite.
    let radius = (-2 * log((Double(nextWord()) + 1) * 0x1p-32)).squareRoot()
    let angle = 2 * Double.pi * Double(nextWord()) * 0x1p-32
    spareNormal = Float(radius * sin(angle))
    return Float(radius * cos(angle))
  }

  /// The numbers `0..<count` in random order.
  public mutating func permutation(of count: Int) -> [Int] {
    Array(0..<count).shuffled(using: &self)
  }
}
