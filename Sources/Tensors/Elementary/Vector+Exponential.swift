extension Vector {
  /// `eˣ`, to a few units in the last place; exact at the infinities, NaN stays NaN, and small
  /// results are denormal.
  ///
  /// ```
  /// x = n · ln 2 + r,  |r| ≤ ½ ln 2        eˣ = 2ⁿ · (1 + r + r² q(r))
  /// ```
  ///
  /// `q` is a minimax polynomial of our own fit (relative error 3e-9). `2ⁿ` is applied in two halves
  /// so that neither leaves the range of exponents.
  @inlinable
  @inline(__always)
  public func exp() -> Vector {
    let (n, r) = held(from: -104, to: 89).splitAtLn2()
    let value = 1 + Vector.expMinusOneReduced(r)
    let half = n &>> 1
    return value * Vector.powerOfTwo(half) * Vector.powerOfTwo(n &- half)
  }

  /// `eˣ − 1` without the cancellation near zero.
  ///
  /// With `e^r − 1 = p` it is `2ⁿ p + (2ⁿ − 1)`, computed at half the size because 2¹²⁸ is no number.
  @inlinable
  @inline(__always)
  public func expMinusOne() -> Vector {
    let (n, r) = held(from: -87, to: 89).splitAtLn2()
    let halfPower = Vector.powerOfTwo(n &- 1)
    return 2 * (halfPower * Vector.expMinusOneReduced(r) + (halfPower - 0.5))
  }

  /// The nearest multiple of ln 2 and what remains.
  @inlinable
  @inline(__always)
  func splitAtLn2() -> (n: SIMD16<Int32>, r: Vector) {
    let shifted = self * 0x1.715476p0 + Vector.roundingShift
    let n = shifted - Vector.roundingShift
    let r = (self - n * Vector.ln2High) - n * Vector.ln2Low
    return (shifted.bits &- Vector.roundingShiftBits, r)
  }

  /// `e^r − 1 = r + r² q(r)` for `|r| ≤ ½ ln 2`.
  @inlinable
  @inline(__always)
  static func expMinusOneReduced(_ r: Vector) -> Vector {
    var q = r * 0x1.6db422p-10 + 0x1.123b56p-7
    q = q * r + 0x1.55545ep-5
    q = q * r + 0x1.55548ep-3
    q = q * r + 0.5
    return r + r * r * q
  }

  /// `2ⁿ` for `n` in −127…127, where −127 gives zero.
  @inlinable
  @inline(__always)
  static func powerOfTwo(_ n: SIMD16<Int32>) -> Vector { Vector(bits: (n &+ 127) &<< 23) }
}
