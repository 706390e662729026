import Tensors

/// What becomes of the elements along the reduced axes.
public enum ReductionKind: String, Sendable, Hashable, CaseIterable {
  /// `Σ |x|`
  case l1

  /// `√Σ x²`
  case l2

  /// `log Σ eˣ`
  case logSumExp

  case maximum
  case mean
  case minimum
  case product
  case sum

  /// `Σ x²`
  case sumOfSquares

  var function: any ReductionFunction.Type {
    switch self {
    case .l1: SumOfMagnitudes.self
    case .l2: EuclideanNorm.self
    case .logSumExp: LogSumExp.self
    case .maximum: Largest.self
    case .mean: Mean.self
    case .minimum: Smallest.self
    case .product: Product.self
    case .sum: Sum.self
    case .sumOfSquares: SumOfSquares.self
    }
  }
}

private enum Sum: ReductionFunction {
  static let reads: BackwardReads = []

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    Vector(repeating: 1)
  }
}

private enum Mean: ReductionFunction {
  static let reads: BackwardReads = []

  @inline(__always) static func finish(_ total: Vector, count: Float) -> Vector { total / count }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    Vector(repeating: 1 / count)
  }
}

private enum SumOfMagnitudes: ReductionFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) static func part(_ x: Vector) -> Vector { x.magnitudes }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    x.signs
  }
}

private enum SumOfSquares: ReductionFunction {
  static let reads = BackwardReads.inputs

  @inline(__always) static func part(_ x: Vector) -> Vector { x * x }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    x + x
  }
}

/// The slope `x / y` is taken to be zero where the norm is.
private enum EuclideanNorm: ReductionFunction {
  static let reads: BackwardReads = [.inputs, .output]

  @inline(__always) static func part(_ x: Vector) -> Vector { x * x }

  @inline(__always) static func finish(_ total: Vector, count: Float) -> Vector {
    total.squareRoot()
  }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    (x / y).replacing(with: 0, where: y .== 0)
  }
}

/// Equal largest elements share the slope.
private enum Largest: ReductionFunction {
  static let reads: BackwardReads = [.inputs, .output]
  static var initial: Vector { Vector(repeating: -.infinity) }
  static var tallies: Bool { true }

  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { .maximum(a, b) }

  @inline(__always) static func count(_ x: Vector, y: Vector, into tally: inout Tally) {
    tally.first += Vector.zero.replacing(with: 1, where: x .== y)
  }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    (1 / tally.first).replacing(with: 0, where: x .!= y)
  }
}

/// Equal smallest elements share the slope.
private enum Smallest: ReductionFunction {
  static let reads: BackwardReads = [.inputs, .output]
  static var initial: Vector { Vector(repeating: .infinity) }
  static var tallies: Bool { true }

  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { .minimum(a, b) }

  @inline(__always) static func count(_ x: Vector, y: Vector, into tally: inout Tally) {
    Largest.count(x, y: y, into: &tally)
  }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    Largest.slope(x: x, y: y, count: count, tally: tally)
  }
}

/// The slope is the product of all others: `y / x` where no element is zero, the product of the
/// others at the only zero, and zero elsewhere.
private enum Product: ReductionFunction {
  static let reads: BackwardReads = [.inputs, .output]
  static var initial: Vector { Vector(repeating: 1) }
  static var tallies: Bool { true }

  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { a * b }

  /// Counts the zeros and multiplies the others, starting from zero for "none yet".
  @inline(__always) static func count(_ x: Vector, y: Vector, into tally: inout Tally) {
    let isZero = x .== 0
    tally.first += Vector.zero.replacing(with: 1, where: isZero)
    tally.second *= x.replacing(with: 1, where: isZero)
  }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    (tally.second / x)
      .replacing(with: 0, where: tally.first .> 0)
      .replacing(with: tally.second, where: (tally.first .== 1) .& (x .== 0))
  }
}

/// Computed around the largest element, `m + log Σ e^{x − m}`, so that nothing overflows.
private enum LogSumExp: ReductionFunction {
  static let reads: BackwardReads = [.inputs, .output]
  static var needsShift: Bool { true }

  @inline(__always) static func part(_ x: Vector) -> Vector { x.exp() }

  @inline(__always) static func finish(_ total: Vector, count: Float) -> Vector { total.log() }

  @inline(__always) static func slope(x: Vector, y: Vector, count: Float, tally: Tally) -> Vector {
    (x - y).exp()
  }
}
