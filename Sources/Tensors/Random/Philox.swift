/// Philox4x32 with ten rounds: 128 random bits as a pure function of a 64-bit key and a 128-bit
/// counter.
///
/// ```
/// (r₀, r₁) = M₀ · c₀,  (s₀, s₁) = M₁ · c₂            high and low halves of 64-bit products
/// c ← (s₀ ⊕ c₁ ⊕ k₀,  s₁,  r₀ ⊕ c₃ ⊕ k₁,  r₁)      k ← k + W after each round
/// ```
///
/// Reference: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// doi:10.1145/2063384.2063405.
enum Philox {
  static func block(key: SIMD2<UInt32>, counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let r = (0xD251_1F53 as UInt32).multipliedFullWidth(by: c[0])
      let s = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: c[2])
      c = SIMD4(s.high ^ c[1] ^ k[0], s.low, r.high ^ c[3] ^ k[1], r.low)
      k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return c
  }
}
