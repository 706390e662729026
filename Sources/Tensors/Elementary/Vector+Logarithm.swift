extension Vector {
  /// The natural logarithm, to a few units in the last place: −∞ at zero, NaN below, ∞ at ∞; NaN
  /// stays NaN, and denormal numbers have their own logarithms.
  ///
  /// ```
  /// x = 2ᵉ · (1 + f),  √½ ≤ 1 + f < √2        log x = e · ln 2 + f − f²/2 + f³ p(f)
  /// ```
  ///
  /// `p` is a minimax polynomial of our own fit (relative error 6e-9).
  @inlinable
  @inline(__always)
  public func log() -> Vector {
    let isDenormal = self .< Float.leastNormalMagnitude
    let scaled = replacing(with: self * 0x1p23, where: isDenormal)
    let exponent = (scaled.bits &- 0x3F35_04F3) &>> 23
    let f = Vector(bits: scaled.bits &- (exponent &<< 23)) - 1
    var e = Vector(bits: exponent &+ Vector.roundingShiftBits) - Vector.roundingShift
    e.replace(with: e - 23, where: isDenormal)

    var p = f * -0x1.38b3e6p-4 + 0x1.055b18p-3
    p = p * f + -0x1.0d8568p-3
    p = p * f + 0x1.22da2ap-3
    p = p * f + -0x1.547242p-3
    p = p * f + 0x1.99a008p-3
    p = p * f + -0x1.000228p-2
    p = p * f + 0x1.555554p-2
    let square = f * f
    let tail = (f * square * p + e * Vector.ln2Low) - 0.5 * square
    let value = (tail + f) + e * Vector.ln2High
    return value.replacing(with: self, where: .!(self .< Float.infinity))
      .replacing(with: Float.nan, where: self .< 0)
      .replacing(with: -Float.infinity, where: self .== 0)
  }

  /// `log(1 + x)` for `x ≥ 0` that keeps small `x`: the rounding error of `u = 1 + x` is put back
  /// as `(x − (u − 1)) / u`.
  @inlinable
  @inline(__always)
  public func logOnePlus() -> Vector {
    let u = 1 + self
    let value = u.log() + (self - (u - 1)) / u
    return value.replacing(with: self, where: .!(self .< Float.infinity))
  }
}
