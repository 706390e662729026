public import Tensors

/// What parameters are before they have learned anything.
///
/// The families that look at ``Fan`` keep the size of values (or gradients) from layer to layer:
///
/// | family | variance | Reference |
/// | --- | --- | --- |
/// | Glorot | `2 / (in + out)` | Glorot, Bengio, AISTATS 2010 |
/// | He | `2 / in` (or `out`) | He, Zhang, Ren, Sun, arXiv:1502.01852 |
/// | LeCun | `1 / in` | LeCun, Bottou, Orr, Müller, "Efficient BackProp", 1998 |
///
/// Uniform forms have the same variance: their bound is `√(3 · variance)`.
public enum Initializer: Sendable, Hashable {
  case constant(Float)
  case glorotNormal
  case glorotUniform
  case heNormal(FanMode = .input)
  case heUniform(FanMode = .input)
  case leCunNormal
  case leCunUniform
  case normal(mean: Float = 0, deviation: Float = 0.05)

  /// Orthonormal rows (or columns, if those are fewer), times a gain.
  ///
  /// Reference: Saxe, McClelland, Ganguli, arXiv:1312.6120.
  case orthogonal(gain: Float = 1)

  case uniform(low: Float = -0.05, high: Float = 0.05)
  case zeros

  /// Which way of the signal keeps its size.
  public enum FanMode: String, Sendable, Hashable, CaseIterable {
    /// Values on their way forward.
    case input

    /// Gradients on their way back.
    case output
  }

  /// Numbers for a parameter of that shape; `fan` says so if its axes are not `[out, in, …]`.
  public func values(
    _ shape: Shape, fan: Fan? = nil, random: inout CounterRandom
  ) -> [Float] {
    let fan = fan ?? Fan(of: shape)
    switch self {
    case .constant(let value):
      return Array(repeating: value, count: shape.count)
    case .glorotNormal:
      return normal(shape, variance: 2 / (fan.input + fan.output), &random)
    case .glorotUniform:
      return uniform(shape, variance: 2 / (fan.input + fan.output), &random)
    case .heNormal(let mode):
      return normal(shape, variance: 2 / fan[mode], &random)
    case .heUniform(let mode):
      return uniform(shape, variance: 2 / fan[mode], &random)
    case .leCunNormal:
      return normal(shape, variance: 1 / fan.input, &random)
    case .leCunUniform:
      return uniform(shape, variance: 1 / fan.input, &random)
    case .normal(let mean, let deviation):
      return (0..<shape.count).map { _ in mean + deviation * random.normal() }
    case .orthogonal(let gain):
      return OrthonormalMatrix(shape, &random).values.map { Float(Double(gain) * $0) }
    case .uniform(let low, let high):
      return (0..<shape.count).map { _ in random.uniform(low, high) }
    case .zeros:
      return Array(repeating: 0, count: shape.count)
    }
  }

  private func normal(
    _ shape: Shape, variance: Double, _ random: inout CounterRandom
  ) -> [Float] {
    let deviation = Float(variance.squareRoot())
    return (0..<shape.count).map { _ in deviation * random.normal() }
  }

  private func uniform(
    _ shape: Shape, variance: Double, _ random: inout CounterRandom
  ) -> [Float] {
    let bound = Float((3 * variance).squareRoot())
    return (0..<shape.count).map { _ in random.uniform(-bound, bound) }
  }
}

/// How many numbers each output of a layer is made of, and each input goes into.
public struct Fan: Sendable, Hashable {
  public let input: Double
  public let output: Double

  public init(input: Int, output: Int) {
    precondition(input > 0 && output > 0, "fan \(input), \(output)")
    self.input = Double(input)
    self.output = Double(output)
  }

  /// The fan of weights `[out, in]` or filters `[out, in, height, width]`; of one axis or none, its
  /// length both ways.
  public init(of shape: Shape) {
    guard shape.rank > 1 else {
      self.init(input: shape.count, output: shape.count)
      return
    }
    let window = shape.count / (shape[0] * shape[1])
    self.init(input: shape[1] * window, output: shape[0] * window)
  }

  public subscript(mode: Initializer.FanMode) -> Double {
    switch mode {
    case .input: input
    case .output: output
    }
  }
}
