/// Which values a plan has to compute so that what is equal stays equal to the last bit.
///
/// In the flat parts of a picture all of a window's elements are the same number. A max pool then sends
/// the gradient to the first, and a ReLU to none if the number is zero. A convolution that rounds
/// differently from pixel to pixel would let chance decide instead: on white ink over black the
/// gradient of a small network moved by a tenth to a half (relative L2), though every value was right
/// to six digits. Gradients of parameters do not depend on it, since tied windows hold the same
/// numbers; so training may round as it likes.
struct TieSelection {
  /// For each value: whether the gradient depends on which of its elements are equal.
  private var decided: [Bool]

  /// For each value: whether the gradient depends on which of its elements are zero.
  private var crossed: [Bool]

  init(_ graph: Graph, _ request: PlanRequest, _ selection: NodeSelection) {
    decided = Array(repeating: false, count: graph.values.count)
    crossed = decided
    guard !request.gradients.isEmpty else { return }
    for (id, runsBackward) in zip(selection.nodes, selection.runsBackward).reversed() {
      let node = graph[id]
      let (layer, output) = (node.operation.layer, node.output.index)
      if decided[output] || runsBackward && layer.picksAmongEquals {
        for input in node.inputs { decided[input.index] = true }
      }
      let sendsZeroOn = crossed[output] && graph.keepsZero(node)
      if sendsZeroOn { decided[output] = true }
      if sendsZeroOn || runsBackward && layer.bendsAtZero {
        for input in node.inputs { crossed[input.index] = true }
      }
    }
  }

  func mayDecide(over value: Graph.ValueID) -> Bool { decided[value.index] }
}

extension Graph {
  /// Whether a flat part of zeros comes out as zeros, at least in one channel: networks have a zero
  /// bias there before they are trained, and some never get another.
  fileprivate func keepsZero(_ node: Node) -> Bool {
    let parameters = node.parameters.map { self[$0].values }
    switch node.operation {
    case .convolution, .transposedConvolution:
      return parameters.count < 2 || parameters[1].contains(0)
    case .batchNormalization:
      return zip(
        parameters[BatchNormalization.Role.bias], parameters[BatchNormalization.Role.mean]
      ).contains { $0 == 0 && $1 == 0 }
    case .arithmetic, .averagePooling, .concatenation, .depthToSpace, .dropout, .expand, .gather,
      .globalPooling, .identity, .maxPooling, .padding, .pointwise, .parametricReLU, .reshape,
      .resize, .slice, .spaceToDepth, .tile, .transpose:
      return true
    case .arithmeticConstant, .dense, .groupNormalization, .layerNormalization,
      .localResponseNormalization, .lpNormalization, .matrixProduct, .reduction, .softmax:
      return false
    }
  }
}
