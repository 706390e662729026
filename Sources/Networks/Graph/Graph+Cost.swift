import Tensors

extension Graph {
  /// The nodes by their numbers, in order.
  public var nodeIDs: [NodeID] { nodes.indices.map(NodeID.init(index:)) }

  /// The multiplications with a following addition that a node takes for one sample, by the
  /// definition of its operation: convolutions, dense layers and products of matrices. What
  /// everything else takes is not counted, as nobody does.
  public func multiplyAdds(of id: NodeID) -> Int {
    let node = self[id]
    let output = self[node.output].shape
    switch node.operation {
    case .convolution, .dense:
      // Each output is a sum over one filter.
      let weights = self[node.parameters[0]].shape
      return output.count * (weights.count / weights[0])
    case .transposedConvolution:
      // Each input goes through every filter of its channel.
      let weights = self[node.parameters[0]].shape
      return self[node.inputs[0]].shape.count * (weights.count / weights[0])
    case .matrixProduct:
      let left = self[node.inputs[0]].shape
      return output.count * left[left.rank - 1]
    case .arithmetic, .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
      .depthToSpace, .dropout, .expand, .gather, .globalPooling, .groupNormalization, .identity,
      .layerNormalization, .localResponseNormalization, .lpNormalization, .maxPooling, .padding,
      .parametricReLU, .pointwise, .reduction, .reshape, .resize, .slice, .softmax, .spaceToDepth,
      .tile, .transpose:
      return 0
    }
  }

  /// The same for a whole pass; a sum beyond the largest number stays there.
  public var multiplyAdds: Int {
    nodeIDs.reduce(0) { $0.addingSaturated(multiplyAdds(of: $1)) }
  }
}
