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
    var later = LaterFunctions()
    while let producer = self[value].producer {
      let node = self[producer]
      let found: (logits: ValueID, OutputActivation)
      switch node.operation {
      case .reshape, .identity, .dropout:
        value = node.inputs[0]
        continue
      case .transpose, .reduction, .globalPooling:
        // Over axes of length one these change nothing but the shape.
        guard self[node.inputs[0]].shape.count == self[value].shape.count, node.keepsValues else {
          return (output, .none)
        }
        value = node.inputs[0]
        continue
      case .softmax(let layer):
        // Along one axis of length one it would make everything one.
        guard self[value].shape.count == self[value].shape[layer.axis] else {
          return (output, .none)
        }
        found = (node.inputs[0], layer.kind == .softmax ? .softmax : .logSoftmax)
      case .pointwise(let layer):
        if layer.kind == .logarithm, later == LaterFunctions() {
          later.takeLogarithm = true
          value = node.inputs[0]
          continue
        }
        guard layer.kind == .sigmoid else { return (output, .none) }
        found = (node.inputs[0], .sigmoid)
      case .arithmetic(let layer):
        guard layer.kind == .divide, let quotient = normalized(node) else { return (output, .none) }
        found = quotient
      case .lpNormalization(let layer):
        // Probabilities that are made to add up to one.
        guard layer.norm == .l1, self[value].shape.count == self[value].shape[layer.axis] else {
          return (output, .none)
        }
        later.normalize = true
        value = node.inputs[0]
        continue
      case .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
        .convolution, .dense, .depthToSpace, .expand, .gather, .groupNormalization,
        .layerNormalization, .localResponseNormalization, .matrixProduct,
        .maxPooling, .padding, .parametricReLU, .resize, .slice, .spaceToDepth, .tile,
        .transposedConvolution:
        return (output, .none)
      }
      guard let activation = found.1.followed(by: later) else { return (output, .none) }
      return (found.logits, activation)
    }
    return (output, .none)
  }

  /// The x of a quotient eˣ / Σ eˣ or σ(x) / Σ σ(x) over all classes, and what that makes of it.
  private func normalized(_ quotient: Node) -> (logits: ValueID, OutputActivation)? {
    guard let part = self[quotient.inputs[0]].producer.map({ self[$0] }),
      let sum = self[quotient.inputs[1]].producer.map({ self[$0] }),
      case .pointwise(let function) = part.operation,
      case .reduction(let reduction) = sum.operation, reduction.kind == .sum,
      sum.inputs == [part.output], self[sum.output].shape.count == 1
    else { return nil }
    if function.kind == .exponential { return (part.inputs[0], .softmax) }
    return function.kind == .sigmoid ? (part.inputs[0], .normalizedSigmoid) : nil
  }
}

/// What stands between an activation and the output.
private struct LaterFunctions: Equatable {
  /// The shares of the sum are taken.
  var normalize = false

  /// The logarithm is taken, of the shares if they are taken as well.
  var takeLogarithm = false
}

extension OutputActivation {
  /// The activation together with what follows it; nothing if that is none that we know.
  fileprivate func followed(by later: LaterFunctions) -> OutputActivation? {
    switch self {
    case .none: nil
    case .softmax: later.takeLogarithm ? .logSoftmax : .softmax
    case .logSoftmax: later == LaterFunctions() ? .logSoftmax : nil
    case .sigmoid, .normalizedSigmoid:
      later.takeLogarithm ? nil : later.normalize ? .normalizedSigmoid : self
    }
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
