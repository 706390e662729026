extension Vector {
  /// `1 / (1 + e⁻ˣ)`
  @inlinable
  @inline(__always)
  public func sigmoid() -> Vector { 1 / (1 + (0 - self).exp()) }

  /// The hyperbolic tangent, to a few units in the last place: with `t = e^{2|x|} − 1` it is
  /// `t / (t + 2)`, and ±1 to rounding from |x| = 10 on.
  @inlinable
  @inline(__always)
  public func tanh() -> Vector {
    let t = (2 * magnitudes.held(from: 0, to: 10)).expMinusOne()
    return (t / (t + 2)).withSigns(of: self)
  }

  /// The error function, to a few units in the last place.
  ///
  /// ```
  /// |x| < 0.875        erf x = x s(x²)
  /// otherwise          erf x = ±(1 − e^{−l(|x|)}),  l = −log erfc; ±1 to rounding from |x| = 4 on
  /// ```
  ///
  /// `s` and `l` are minimax polynomials of our own fit (errors 2e-10 and 8e-11).
  @inlinable
  @inline(__always)
  public func erf() -> Vector {
    let z = self * self
    var s = z * 0x1.6bdf42p-14 + -0x1.ae7f8ep-11
    s = s * z + 0x1.553abap-8
    s = s * z + -0x1.b819a6p-6
    s = s * z + 0x1.ce2e84p-4
    s = s * z + -0x1.812744p-2
    s = s * z + 0x1.20dd76p0

    let a = magnitudes.held(from: 0, to: 4)
    var l = a * 0x1.58d89cp-16 + -0x1.c10822p-12
    l = l * a + 0x1.0f620ap-8
    l = l * a + -0x1.9a43b6p-6
    l = l * a + 0x1.bb04b4p-4
    l = l * a + 0x1.445466p-1
    l = l * a + 0x1.21245ep0
    l = l * a + -0x1.57125ep-13
    let outer = (1 - (0 - l).exp()).withSigns(of: self)
    return outer.replacing(with: self * s, where: magnitudes .< 0.875)
  }
}
