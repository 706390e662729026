import Networks

/// What happens to relevance at a layer.
enum RelevanceTreatment: Sendable {
  /// It goes where the gradient goes: to winners, or back where values were taken from.
  case routed

  /// It passes: functions of each element by itself, and lines of each channel.
  case passed

  /// It is shared in proportion to what each input put into the sum.
  case shared

  /// It is shared by weights.
  case weighted

  /// A product of two values: a signal and a gate, if one can be told from the other.
  case gated

  /// Nobody knows.
  case unknown
}

extension Operation {
  var relevanceTreatment: RelevanceTreatment {
    switch self {
    case .convolution, .dense, .transposedConvolution: .weighted
    case .averagePooling: .shared
    case .globalPooling(let layer): layer.kind == .average ? .shared : .routed
    case .resize(let layer): layer.interpolation == .linear ? .shared : .routed
    case .reduction(let layer): layer.kind.relevanceTreatment
    case .arithmetic(let layer): layer.kind.relevanceTreatment
    case .arithmeticConstant(let layer): layer.relevanceTreatment
    case .pointwise(let layer): layer.kind.relevanceTreatment
    case .batchNormalization, .parametricReLU, .localResponseNormalization: .passed
    case .concatenation, .depthToSpace, .dropout, .expand, .gather, .identity, .maxPooling,
      .padding, .reshape, .slice, .spaceToDepth, .tile, .transpose:
      .routed
    case .groupNormalization, .layerNormalization, .lpNormalization, .matrixProduct, .softmax:
      .unknown
    }
  }
}

extension ReductionKind {
  fileprivate var relevanceTreatment: RelevanceTreatment {
    switch self {
    case .mean, .sum: .shared
    case .maximum, .minimum: .routed
    case .l1, .l2, .logSumExp, .product, .sumOfSquares: .unknown
    }
  }
}

extension ArithmeticKind {
  fileprivate var relevanceTreatment: RelevanceTreatment {
    switch self {
    case .add, .subtract: .shared
    case .maximum, .minimum: .routed
    case .multiply: .gated
    case .divide, .power: .unknown
    }
  }
}

extension ArithmeticConstant {
  fileprivate var relevanceTreatment: RelevanceTreatment {
    switch kind {
    case .add, .subtract, .multiply, .maximum, .minimum: .passed
    case .divide: side == .right ? .passed : .unknown
    case .power: .unknown
    }
  }
}

extension PointwiseKind {
  fileprivate var relevanceTreatment: RelevanceTreatment {
    switch self {
    case .absolute, .celu, .clippedReLU, .elu, .gelu, .hardSigmoid, .hardSwish, .leakyReLU, .mish,
      .negation, .relu, .selu, .sigmoid, .silu, .softplus, .softsign, .tanh, .thresholdedReLU:
      .passed
    case .ceiling, .cosine, .erf, .exponential, .floor, .logarithm, .power, .reciprocal, .round,
      .sign, .sine, .square, .squareRoot:
      .unknown
    }
  }

  /// Whether its values are shares of something else.
  fileprivate var isGate: Bool {
    switch self {
    case .sigmoid, .hardSigmoid, .clippedReLU: true
    case .absolute, .ceiling, .celu, .cosine, .elu, .erf, .exponential, .floor, .gelu, .hardSwish,
      .leakyReLU, .logarithm, .mish, .negation, .power, .reciprocal, .relu, .round, .selu, .sign,
      .silu, .sine, .softplus, .softsign, .square, .squareRoot, .tanh, .thresholdedReLU:
      false
    }
  }
}

extension Graph {
  /// Which input of a product is the signal, where the other is a gate: squeeze and excitation,
  /// swish written out.
  func signal(of node: Node) -> Int? {
    let gates = node.inputs.map(isGate)
    guard gates.count == 2, gates[0] != gates[1] else { return nil }
    let signal = gates[0] ? 1 : 0
    return self[node.inputs[signal]].shape == self[node.output].shape ? signal : nil
  }

  private func isGate(_ value: ValueID) -> Bool {
    var value = value
    while let producer = self[value].producer {
      let node = self[producer]
      switch node.operation {
      case .pointwise(let layer): return layer.kind.isGate
      case .arithmeticConstant, .expand, .reshape, .resize: value = node.inputs[0]
      case .arithmetic, .averagePooling, .batchNormalization, .concatenation, .convolution, .dense,
        .depthToSpace, .dropout, .gather, .globalPooling, .groupNormalization, .identity,
        .layerNormalization, .localResponseNormalization, .lpNormalization, .matrixProduct,
        .maxPooling, .padding, .parametricReLU, .reduction, .slice, .softmax, .spaceToDepth, .tile,
        .transpose, .transposedConvolution:
        return false
      }
    }
    return false
  }
}
