public import Tensors

/// Group normalisation of `[C, …]`: each sample's channels fall into groups that are normalised
/// together. One channel a group is instance normalisation.
///
/// ```
/// y[c] = (x[c] − μ) / √(σ² + ε) · scale[c] + bias[c]         μ, σ² of the group of c
/// ```
///
/// Parameters: none, or scale and bias, each `[C]`. The gradients stand in `MomentNormalization`.
///
/// Reference: Wu, He, "Group normalization", 2018, arXiv:1803.08494; Ulyanov, Vedaldi, Lempitsky,
/// "Instance normalization", 2016, arXiv:1607.08022.
public struct GroupNormalization: Layer, Hashable {
  public enum Grouping: Hashable, Sendable {
    /// So many groups of neighbouring channels.
    case groups(Int)

    /// Every channel by itself.
    case instance
  }

  public let grouping: Grouping
  public let epsilon: Float

  public init(_ grouping: Grouping, epsilon: Float = 1e-5) {
    self.grouping = grouping
    self.epsilon = epsilon
  }

  public func outputShape(inputs: [Shape], parameters: [Shape]) throws(ShapeError) -> Shape {
    try requireCounts(inputs, 1...1, parameters, 0...2)
    guard inputs[0].rank >= 1 else {
      throw .wrongRank(input: 0, found: inputs[0], expected: 1...8)
    }
    let channels = inputs[0][0]
    if case .groups(let groups) = grouping, groups < 1 || channels % groups != 0 {
      throw .impossible(setting: "groups", value: groups)
    }
    for (index, parameter) in parameters.enumerated() where parameter != [channels] {
      throw .wrongParameterShape(parameter: index, found: parameter, expected: [channels])
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
    let rows =
      switch grouping {
      case .groups(let groups): groups
      case .instance: shape[0]
      }
    return MomentNormalization(
      rows: rows, parts: shape[0] / rows, run: shape.count / shape[0], rowsHaveOwnScales: true,
      centers: true, epsilon: epsilon)
  }
}
