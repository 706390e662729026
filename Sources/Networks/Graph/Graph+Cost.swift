import Tensors

extension Graph {
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
    default:
      return 0
    }
  }

  /// The same for a whole pass.
  public var multiplyAdds: Int {
    nodes.indices.reduce(0) { $0 + multiplyAdds(of: NodeID(index: $1)) }
  }
}
