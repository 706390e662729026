import Tensors

/// The parameters of a convolution, and what the same connections would take without sharing.
public struct WeightSharing: Sendable, Hashable {
  /// Filters and biases as they are: one filter for all places.
  public var shared: Int

  /// A filter and a bias of its own for each place: a locally connected layer.
  public var unshared: Int

  /// Every input connected with every output: a dense layer between the same values.
  public var dense: Int

  public init(shared: Int, unshared: Int, dense: Int) {
    self.shared = shared
    self.unshared = unshared
    self.dense = dense
  }

  /// Sums beyond the largest number stay there.
  public static func + (a: WeightSharing, b: WeightSharing) -> WeightSharing {
    WeightSharing(
      shared: a.shared.addingSaturated(b.shared),
      unshared: a.unshared.addingSaturated(b.unshared), dense: a.dense.addingSaturated(b.dense))
  }
}

extension Graph {
  /// What a convolution saves by sharing its filters between places; nothing for other layers.
  public func weightSharing(of id: NodeID) -> WeightSharing? {
    let node = self[id]
    switch node.operation {
    case .convolution, .transposedConvolution: break
    case .arithmetic, .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
      .dense, .depthToSpace, .dropout, .expand, .gather, .globalPooling, .groupNormalization,
      .identity, .layerNormalization, .localResponseNormalization, .lpNormalization,
      .matrixProduct, .maxPooling, .padding, .parametricReLU, .pointwise, .reduction, .reshape,
      .resize, .slice, .softmax, .spaceToDepth, .tile, .transpose:
      return nil
    }
    let inputs = self[node.inputs[0]].shape.count
    let outputs = self[node.output].shape.count
    let biases = node.parameters.count > 1 ? outputs : 0
    return WeightSharing(
      shared: node.parameters.reduce(0) { $0 + self[$1].shape.count },
      unshared: multiplyAdds(of: id) + biases, dense: inputs * outputs + biases)
  }
}
