import Networks
import Tensors

extension Graph {
  /// The scores behind a softmax or sigmoid that the network ends in, and what it was.
  ///
  /// Explaining a probability mixes the evidence for a class with that against all others, so the
  /// logit is explained unless asked otherwise. What only passes the values on is looked through,
  /// before and behind; of several such functions the last one counts.
  func behindFinalActivation(_ output: ValueID) -> (logits: ValueID, OutputActivation) {
    var value = output
    while let producer = self[value].producer {
      let node = self[producer]
      switch node.operation {
      case .reshape, .identity, .dropout: value = node.inputs[0]
      case .transpose, .reduction, .globalPooling:
        // Over axes of length one these change nothing but the shape.
        guard self[node.inputs[0]].shape.count == self[value].shape.count, node.keepsValues else {
          return (output, .none)
        }
        value = node.inputs[0]
      case .softmax(let layer):
        // Along one axis of length one it would make everything one.
        guard self[value].shape.count == self[value].shape[layer.axis] else {
          return (output, .none)
        }
        return (node.inputs[0], layer.kind == .softmax ? .softmax : .logSoftmax)
      case .pointwise(let layer):
        if layer.kind == .sigmoid { return (node.inputs[0], .sigmoid) }
        // The logarithm of a softmax, written as two operators.
        guard layer.kind == .logarithm,
          case (let logits, .softmax) = behindFinalActivation(node.inputs[0])
        else { return (output, .none) }
        return (logits, .logSoftmax)
      case .arithmetic(let layer):
        guard layer.kind == .divide, let logits = exponents(node) else { return (output, .none) }
        return (logits, .softmax)
      case .lpNormalization(let layer):
        // Probabilities that are made to add up to one.
        let (logits, activation) = behindFinalActivation(node.inputs[0])
        guard layer.norm == .l1, activation != .none,
          self[value].shape.count == self[value].shape[layer.axis]
        else { return (output, .none) }
        return (logits, activation)
      case .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
        .convolution, .dense, .depthToSpace, .expand, .gather, .groupNormalization,
        .layerNormalization, .localResponseNormalization, .matrixProduct,
        .maxPooling, .padding, .parametricReLU, .resize, .slice, .spaceToDepth, .tile,
        .transposedConvolution:
        return (output, .none)
      }
    }
    return (output, .none)
  }

  /// The x of a quotient eˣ / Σ eˣ over all classes.
  private func exponents(_ quotient: Node) -> ValueID? {
    guard let exponential = self[quotient.inputs[0]].producer.map({ self[$0] }),
      let sum = self[quotient.inputs[1]].producer.map({ self[$0] }),
      case .pointwise(let function) = exponential.operation, function.kind == .exponential,
      case .reduction(let reduction) = sum.operation, reduction.kind == .sum,
      sum.inputs == [exponential.output], self[sum.output].shape.count == 1
    else { return nil }
    return exponential.inputs[0]
  }
}

extension Graph.Node {
  /// Whether a reduction or pooling over axes of length one leaves numbers as they are.
  fileprivate var keepsValues: Bool {
    guard case .reduction(let layer) = operation else { return true }
    switch layer.kind {
    case .maximum, .mean, .minimum, .product, .sum: return true
    case .l1, .l2, .logSumExp, .sumOfSquares: return false
    }
  }
}
