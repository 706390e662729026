/// Random numbers for sixteen samples at once, a pure function of a seed, a key, and the sample.
///
/// Lane `l` belongs to sample `first + l`; its `i`-th number is the same in whatever lane and
/// together with whatever samples it is drawn, so that sharing a group among images changes no draw.
///
/// The generator is `Philox`, as of ``CounterRandom``, with sixteen counters side by side: the
/// baseline instruction set multiplies 32 by 32 bits into 64 for every second lane at a time, which
/// is how the lanes are held here.
public struct LaneRandom: Sendable {
  private let seed: UInt64

  /// The second, third and fourth counter of each lane; the first one is the block.
  private let counters: (Words, Words, Words)

  /// Sixteen words of 32 bits; lane `2j` is the low half of element `j`.
  private typealias Words = SIMD8<UInt64>

  public init(seed: UInt64, key: UInt64, first: Int) {
    self.seed = seed
    counters = (
      Self.samples(first), Self.everywhere(UInt32(truncatingIfNeeded: key)),
      Self.everywhere(UInt32(truncatingIfNeeded: key >> 32))
    )
  }

  /// The streams that sixteen neighbouring samples have of ``CounterRandom``, with `stream` as the first
  /// counter and the sample as the second.
  public init(seed: UInt64, stream: UInt32, first: Int) {
    self.seed = seed
    counters = (Self.everywhere(stream), Self.samples(first), Self.everywhere(0))
  }

  private static func samples(_ first: Int) -> Words {
    var samples = Words()
    for pair in 0..<8 {
      let even = UInt64(UInt32(truncatingIfNeeded: first + 2 * pair))
      let odd = UInt64(UInt32(truncatingIfNeeded: first + 2 * pair + 1))
      samples[pair] = odd << 32 | even
    }
    return samples
  }

  /// Fills all elements with numbers of the standard normal distribution.
  ///
  /// Reference: Box, Muller, "A note on the generation of random normal deviates", 1958.
  public func fillNormal(_ elements: MutableLanesView) {
    var position = 0
    var block: UInt32 = 0
    while position < elements.count {
      let words = words(block)
      let (a, b) = Self.normals(words.0, words.1)
      let (c, d) = Self.normals(words.2, words.3)
      for (offset, value) in [a, b, c, d].prefix(elements.count - position).enumerated() {
        elements[position + offset] = value
      }
      position += 4
      block &+= 1
    }
  }

  /// Gives each element `value` with a probability, else zero: where `uniform()` of the lane's stream is
  /// below it.
  public func fill(_ elements: MutableLanesView, with value: Float, probability: Float) {
    precondition((0...1).contains(probability), "a probability of \(probability)")
    // A number is 24 bits and below the probability where those are below so many 2⁻²⁴.
    let bound = SIMD16(repeating: Int32((probability * 0x1p24).rounded(.up)))
    var position = 0
    var block: UInt32 = 0
    while position < elements.count {
      let words = words(block)
      for (offset, word) in [words.0, words.1, words.2, words.3]
        .prefix(elements.count - position).enumerated()
      {
        let bits = unsafe unsafeBitCast(
          unsafeBitCast(word, to: SIMD16<UInt32>.self) &>> 8, to: SIMD16<Int32>.self)
        elements[position + offset] = Vector.zero.replacing(with: value, where: bits .< bound)
      }
      position += 4
      block &+= 1
    }
  }

  /// The 64 words of a block of four for each lane.
  @inline(__always)
  private func words(_ block: UInt32) -> (Words, Words, Words, Words) {
    var c0 = Self.everywhere(block)
    var (c1, c2, c3) = counters
    var k0 = UInt32(truncatingIfNeeded: seed)
    var k1 = UInt32(truncatingIfNeeded: seed >> 32)
    for _ in 0..<10 {
      let r = Self.multiply(c0, 0xD251_1F53)
      let s = Self.multiply(c2, 0xCD9E_8D57)
      (c0, c1, c2, c3) = (
        s.high ^ c1 ^ Self.everywhere(k0), s.low, r.high ^ c3 ^ Self.everywhere(k1), r.low
      )
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (c0, c1, c2, c3)
  }

  @inline(__always)
  private static func everywhere(_ word: UInt32) -> Words {
    Words(repeating: UInt64(word) << 32 | UInt64(word))
  }

  @inline(__always)
  private static func multiply(_ a: Words, _ factor: UInt64) -> (high: Words, low: Words) {
    let lowHalf = Words(repeating: 0xFFFF_FFFF)
    let even = (a & lowHalf) &* Words(repeating: factor)
    let odd = (a &>> 32) &* Words(repeating: factor)
    return ((even &>> 32) | (odd & ~lowHalf), (even & lowHalf) | (odd &<< 32))
  }

  /// Two normal numbers in each lane from two words: a radius, and a point of the unit circle.
  @inline(__always)
  private static func normals(_ first: Words, _ second: Words) -> (Vector, Vector) {
    let (u, w) = unsafe (
      unsafeBitCast(first, to: SIMD16<UInt32>.self), unsafeBitCast(second, to: SIMD16<UInt32>.self)
    )
    // 23 bits behind the one of [1, 2); 2 minus that is in (0, 1].
    let radius = squareRoot(-2 * (2 - fraction(u)).log())
    // An angle within 45 degrees of the x axis; two more bits swap the axes and turn it around.
    let angle = (fraction(w &<< 2) - 1.5) * 1.57079632679
    let z = angle * angle
    var sine = z * 2.7557319e-6 + -1.98412698e-4
    sine = sine * z + 8.33333333e-3
    sine = sine * z + -0.166666667
    sine = angle + angle * z * sine
    var cosine = z * -2.75573192e-7 + 2.48015873e-5
    cosine = cosine * z + -1.38888889e-3
    cosine = cosine * z + 4.16666667e-2
    cosine = cosine * z + -0.5
    cosine = cosine * z + 1
    let swaps = (w & 0x4000_0000) .!= 0
    let turned = unsafe unsafeBitCast(w & 0x8000_0000, to: SIMD16<Int32>.self)
    let x = cosine.replacing(with: sine, where: swaps)
    let y = sine.replacing(with: cosine, where: swaps)
    return (
      radius * Vector(bits: x.bits ^ turned), radius * Vector(bits: y.bits ^ turned)
    )
  }

  /// A number in [1, 2) from the upper 23 bits.
  @inline(__always)
  private static func fraction(_ word: SIMD16<UInt32>) -> Vector {
    unsafe unsafeBitCast((word &>> 9) | 0x3F80_0000, to: Vector.self)
  }

  /// The root of numbers that are zero or well above the smallest ones, by halving the exponent and
  /// three steps of Newton's method: the baseline compiles the instruction lane by lane.
  @inline(__always)
  private static func squareRoot(_ x: Vector) -> Vector {
    var r = Vector(bits: 0x5F37_59DF &- (x.bits &>> 1))
    let half = 0.5 * x
    r = r * (1.5 - half * r * r)
    r = r * (1.5 - half * r * r)
    r = r * (1.5 - half * r * r)
    return x * r
  }
}
