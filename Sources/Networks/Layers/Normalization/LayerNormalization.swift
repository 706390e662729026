public import Tensors

/// Layer normalisation, and root mean square normalisation, over the axes from ``axis`` to the last.
///
/// ```
/// y = (x − μ) / √(σ² + ε) · scale + bias         μ, σ² of the sample's elements along those axes
/// ```
///
/// Parameters: none, scale, or scale and bias, shaped like the normalised axes. Without centring, μ
/// is zero. The gradients stand in `MomentNormalization`.
///
/// Reference: Ba, Kiros, Hinton, "Layer normalization", 2016, arXiv:1607.06450; Zhang, Sennrich,
/// "Root mean square layer normalization", 2019, arXiv:1910.07467.
public struct LayerNormalization: Layer, Hashable {
  /// The first normalised axis.
  public let axis: Int
  public let epsilon: Float

  /// Whether the mean is subtracted: not in root mean square normalisation.
  public let centers: Bool

  public init(axis: Int, epsilon: Float = 1e-5, centers: Bool = true) {
    self.axis = axis
    self.epsilon = epsilon
    self.centers = centers
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...2)
    guard inputs[0].axes.indices.contains(axis) else {
      throw .axisOutOfRange(axis: axis, rank: inputs[0].rank)
    }
    let normalized = Shape(Array(inputs[0].axes[axis...]))
    for (index, parameter) in parameters.enumerated() where parameter != normalized {
      throw .wrongParameterShape(parameter: index, found: parameter, expected: normalized)
    }
    return inputs[0]
  }

  public var backwardReads: BackwardReads { [.inputs, .cache] }
  public var worksInPlace: Bool { true }
  public func cacheCount(inputs: [Shape]) -> Int { 2 * moments(inputs[0]).rows }

  public func forward(_ pass: ForwardPass, weights: LayerWeights) {
    moments(pass.inputShapes[0]).forward(pass, weights: weights)
  }

  public func backward(_ pass: BackwardPass, weights: LayerWeights) {
    moments(pass.inputShapes[0]).backward(pass, weights: weights)
  }

  private func moments(_ shape: Shape) -> MomentNormalization {
    let rows = shape.axes[..<axis].reduce(1, *)
    return MomentNormalization(
      rows: rows, parts: shape.count / rows, run: 1, rowsHaveOwnScales: false, centers: centers,
      epsilon: epsilon)
  }
}
