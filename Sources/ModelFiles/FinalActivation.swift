import Networks

extension Graph {
  /// The scores behind a softmax or sigmoid that the network ends in, and what it was.
  ///
  /// Explaining a probability mixes the evidence for a class with that against all others, so the
  /// logit is explained unless asked otherwise. Views between the two are passed over.
  func behindFinalActivation(_ output: ValueID) -> (logits: ValueID, OutputActivation) {
    var value = output
    while let producer = self[value].producer {
      let node = self[producer]
      switch node.operation {
      case .reshape, .identity: value = node.inputs[0]
      case .softmax(let layer):
        return (node.inputs[0], layer.kind == .softmax ? .softmax : .logSoftmax)
      case .pointwise(let layer) where layer.kind == .sigmoid: return (node.inputs[0], .sigmoid)
      default: return (output, .none)
      }
    }
    return (output, .none)
  }
}
