import Tensors

/// ReLU, `y = max(0, x)`.
///
/// The derivative at zero is zero, as everywhere in practice. NaN stays NaN.
struct Rectifier: PointwiseFunction {
  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.replacing(with: 0, where: x .< 0) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: y .> 0)
  }

  func forward(_ pass: ForwardPass) {
    ActivationKernel.clip(low: 0, high: .infinity)
      .run(pass.inputs[0], into: pass.output, variant: pass.purpose.kernels)
  }

  func backward(_ pass: BackwardPass) {
    guard let dInput = pass.dInputs[0] else { return }
    ActivationKernel.rectifierGradient(
      result: pass.output, pass.dOutput, into: dInput, variant: pass.purpose.kernels)
  }
}

/// `y = min(max(x, low), high)`; the derivative is zero at the bounds, as of a ReLU.
struct ClippedRectifier: PointwiseFunction {
  let low: Float
  let high: Float

  static let reads = BackwardReads.output

  @inline(__always) func value(_ x: Vector) -> Vector { x.held(from: low, to: high) }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: (y .> low) .& (y .< high))
  }

  func forward(_ pass: ForwardPass) {
    ActivationKernel.clip(low: low, high: high)
      .run(pass.inputs[0], into: pass.output, variant: pass.purpose.kernels)
  }
}

/// `y = x` above zero, `slope · x` below; the slope at zero is the lower one.
struct LeakyRectifier: PointwiseFunction {
  let slope: Float

  // The sign of the output would do for positive slopes only.
  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    x.replacing(with: x * slope, where: x .< 0)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    Vector(repeating: slope).replacing(with: 1, where: x .> 0)
  }
}

/// `y = x` above the threshold, zero up to it.
struct ThresholdedRectifier: PointwiseFunction {
  let threshold: Float

  static let reads = BackwardReads.inputs

  @inline(__always) func value(_ x: Vector) -> Vector {
    x.replacing(with: 0, where: x .<= threshold)
  }

  @inline(__always) func derivative(x: Vector, y: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: x .> threshold)
  }
}
