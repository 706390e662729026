import Tensors

/// What large parameters cost, on top of the loss: `λ₁ Σ |w| + λ₂ Σ w²`.
public struct WeightPenalty: Sendable, Hashable {
  /// λ₁, which drives parameters to exactly zero.
  public let l1: Float

  /// λ₂, which keeps them small. PyTorch's `weight_decay` is twice this.
  public let l2: Float

  public init(l1: Float = 0, l2: Float = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  /// The parameters that are usually penalised: those that can be learned and have several axes,
  /// which leaves out biases and the scales of normalisations.
  public static func usualParameters(of graph: Graph) -> [Graph.ParameterID] {
    graph.parameters.indices.map { Graph.ParameterID(index: $0) }
      .filter { graph[$0].isTrainable && graph[$0].shape.rank > 1 }
  }

  public func value(of parameters: [Float]) -> Double {
    var (magnitudes, squares) = (0.0, 0.0)
    for w in parameters {
      magnitudes += Double(abs(w))
      squares += Double(w) * Double(w)
    }
    return Double(l1) * magnitudes + Double(l2) * squares
  }

  /// Adds `λ₁ sign w + 2 λ₂ w`; the slope of `|w|` at zero is zero.
  public func addGradient(at parameters: [Float], to gradient: inout [Float]) {
    precondition(
      parameters.count == gradient.count, "\(parameters.count) parameters, \(gradient.count) slopes"
    )
    for (index, w) in parameters.enumerated() {
      let sign: Float = w > 0 ? 1 : (w < 0 ? -1 : 0)
      gradient[index] += l1 * sign + 2 * l2 * w
    }
  }
}
