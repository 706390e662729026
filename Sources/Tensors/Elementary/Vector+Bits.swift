// Pieces that elementary functions are made of. The baseline build has neither FMA nor rounding nor
// blending instructions, so everything is products, sums, comparisons and integer arithmetic on the
// bits: those compile to four packed instructions each, where `pointwiseMax`, `rounded()` or a
// conversion between integers and floats would go lane by lane, ten to a hundred times slower.
extension Vector {
  /// The bit patterns of the lanes.
  @inlinable
  public var bits: SIMD16<Int32> {
    @inline(__always) get { unsafe unsafeBitCast(self, to: SIMD16<Int32>.self) }
  }

  /// The numbers of those bit patterns.
  @inlinable
  @inline(__always)
  public init(bits: SIMD16<Int32>) { self = unsafe unsafeBitCast(bits, to: Vector.self) }

  /// `|x|`
  @inlinable
  public var magnitudes: Vector {
    @inline(__always) get { Vector(bits: bits & 0x7FFF_FFFF) }
  }

  /// These magnitudes with the signs of `other`; `self` must not be negative.
  @inlinable
  @inline(__always)
  public func withSigns(of other: Vector) -> Vector {
    Vector(bits: bits | (other.bits & Int32.min))
  }

  /// The larger of two numbers in each lane; NaN where either is NaN.
  @inlinable
  @inline(__always)
  public static func maximum(_ a: Vector, _ b: Vector) -> Vector {
    b.replacing(with: a, where: a .> b).replacing(with: a, where: a .!= a)
  }

  /// The smaller of two numbers in each lane; NaN where either is NaN.
  @inlinable
  @inline(__always)
  public static func minimum(_ a: Vector, _ b: Vector) -> Vector {
    b.replacing(with: a, where: a .< b).replacing(with: a, where: a .!= a)
  }

  /// The numbers held between two bounds; NaN stays NaN.
  @inlinable
  @inline(__always)
  public func held(from low: Float, to high: Float) -> Vector {
    replacing(with: low, where: self .< low).replacing(with: high, where: self .> high)
  }

  /// A function of one number for each lane in turn: for what is too rare to vectorise.
  @inlinable
  public func mapLanes(_ function: (Float) -> Float) -> Vector {
    var result = self
    for lane in indices { result[lane] = function(self[lane]) }
    return result
  }

  /// 1.5 · 2²³: adding it rounds a number below 2²² to an integer, which then stands in the low
  /// bits of the sum.
  @inlinable static var roundingShift: Float { 0x1.8p23 }

  /// The bits of ``roundingShift``.
  @inlinable static var roundingShiftBits: Int32 { 0x4B40_0000 }

  /// ln 2 in two parts; the first has so few bits that its product with an exponent is exact.
  @inlinable static var ln2High: Float { 0x1.63p-1 }
  @inlinable static var ln2Low: Float { -0x1.bd0106p-13 }
}
