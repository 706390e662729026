public import Tensors

/// Division by the L1 or L2 norm along one axis.
///
/// ```
/// y = x / s      L2: s = √(Σ x²)     dx = (dy − y · Σ dy · y) / s
///                L1: s = Σ |x|       dx = (dy − sign(x) · Σ dy · y) / s
/// ```
///
/// As in ONNX there is no ε: where all elements are zero, the result is NaN.
public struct LpNormalization: Layer, Hashable {
  public enum Norm: Hashable, Sendable { case l1, l2 }

  public let norm: Norm
  public let axis: Int

  public init(_ norm: Norm, axis: Int) {
    self.norm = norm
    self.axis = axis
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...0)
    guard inputs[0].axes.indices.contains(axis) else {
      throw .axisOutOfRange(axis: axis, rank: inputs[0].rank)
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { .inputs }
  public var worksInPlace: Bool { true }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    let input = pass.inputs[0]
    for line in AxisLines(pass.inputShapes[0], axis: axis) {
      let reciprocal = reciprocalNorm(input, line)
      for i in line { pass.output[i] = input[i] * reciprocal }
    }
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    guard let dInput = pass.dInputs[0] else { return }
    let input = pass.inputs[0]
    for line in AxisLines(pass.inputShapes[0], axis: axis) {
      let reciprocal = reciprocalNorm(input, line)
      var product = Vector.zero
      for i in line { product += pass.dOutput[i] * (input[i] * reciprocal) }
      for i in line {
        let direction =
          switch norm {
          case .l1: sign(input[i])
          case .l2: input[i] * reciprocal
          }
        dInput[i] = (pass.dOutput[i] - direction * product) * reciprocal
      }
    }
  }

  private func reciprocalNorm(_ input: LanesView, _ line: StrideTo<Int>) -> Vector {
    var sum = Vector.zero
    switch norm {
    case .l1:
      for i in line { sum += input[i] * sign(input[i]) }
      return 1 / sum
    case .l2:
      for i in line { sum += input[i] * input[i] }
      return 1 / sum.squareRoot()
    }
  }

  private func sign(_ x: Vector) -> Vector {
    Vector.zero.replacing(with: 1, where: x .> 0).replacing(with: -1, where: x .< 0)
  }
}
