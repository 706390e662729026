import Tensors

/// The functions of two numbers that a network may apply.
public enum ArithmeticKind: String, Sendable, Hashable, CaseIterable {
  case add
  case divide
  case maximum
  case minimum
  case multiply
  case power
  case subtract

  var function: any ArithmeticFunction.Type {
    switch self {
    case .add: Add.self
    case .divide: Divide.self
    case .maximum: Maximum.self
    case .minimum: Minimum.self
    case .multiply: Multiply.self
    case .power: RaiseToPower.self
    case .subtract: Subtract.self
    }
  }
}

private enum Add: ArithmeticFunction {
  static var slopesReadOperands: Bool { false }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { a + b }
  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector { Vector(repeating: 1) }
  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { Vector(repeating: 1) }
}

private enum Subtract: ArithmeticFunction {
  static var slopesReadOperands: Bool { false }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { a - b }
  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector { Vector(repeating: 1) }
  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { Vector(repeating: -1) }
}

private enum Multiply: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { a * b }
  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector { b }
  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { a }
}

private enum Divide: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { a / b }
  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector { 1 / b }
  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { 0 - a / (b * b) }
}

/// Where both are equal, each has half of the slope.
private enum Maximum: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { .maximum(a, b) }

  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: a .> b).replacing(with: 0.5, where: a .== b)
  }

  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { slopeA(b, a) }
}

private enum Minimum: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector { .minimum(a, b) }
  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector { Maximum.slopeA(b, a) }
  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector { Maximum.slopeA(a, b) }
}

/// `aᵇ`
private enum RaiseToPower: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  static func value(_ a: Vector, _ b: Vector) -> Vector { a.power(b) }

  /// `b aᵇ⁻¹`, and zero where `b` is.
  static func slopeA(_ a: Vector, _ b: Vector) -> Vector {
    (b * a.power(b - 1)).replacing(with: 0, where: b .== 0)
  }

  /// `aᵇ log a`, and zero where `a` is zero and the power not infinite.
  static func slopeB(_ a: Vector, _ b: Vector) -> Vector {
    (a.power(b) * a.log()).replacing(with: 0, where: (a .== 0) .& (b .>= 0))
  }
}

/// `a` where it is positive, `b · a` elsewhere; the slope at zero is the lower one.
enum RectifyWithSlope: ArithmeticFunction {
  static var slopesReadOperands: Bool { true }

  @inline(__always) static func value(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: a * b, where: a .<= 0)
  }

  @inline(__always) static func slopeA(_ a: Vector, _ b: Vector) -> Vector {
    b.replacing(with: 1, where: a .> 0)
  }

  @inline(__always) static func slopeB(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: 0, where: a .> 0)
  }
}
