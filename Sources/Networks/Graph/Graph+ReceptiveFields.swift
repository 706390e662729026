import Tensors

extension Graph {
  /// The receptive field of each value, in the order of ``values``; a value that nothing connects
  /// with the first input has none.
  public var receptiveFields: [ReceptiveField?] {
    var fields: [ReceptiveField?] = Array(repeating: nil, count: values.count)
    guard let input = inputs.first else { return fields }
    fields[input.index] = ReceptiveField(inputRank: self[input].shape.rank)
    for node in nodes {
      let seen = node.inputs.map { fields[$0.index] }
      fields[node.output.index] = field(of: node, seen)
    }
    return fields
  }

  private func field(of node: Node, _ seen: [ReceptiveField?]) -> ReceptiveField? {
    guard var field = seen.lazy.compactMap(\.self).first else { return nil }
    let input = self[node.inputs[0]].shape.axes
    let output = self[node.output].shape.axes
    let last = input.count - 1
    switch node.operation {
    case .identity, .dropout, .pointwise, .batchNormalization, .localResponseNormalization,
      .parametricReLU:
      break
    case .arithmetic, .concatenation: return merged(node, seen)
    case .arithmeticConstant, .expand: field.lead(to: output.count)
    case .convolution(let layer):
      field.slide(last, layer.horizontal)
      if last > 1 { field.slide(last - 1, layer.vertical) }
    case .maxPooling(let layer): field.slide(layer.window, last)
    case .averagePooling(let layer): field.slide(layer.window, last)
    case .transposedConvolution(let layer):
      field.spread(last, layer.horizontal)
      if last > 1 { field.spread(last - 1, layer.vertical) }
    case .globalPooling:
      for axis in input.indices.dropFirst() { field.collapse(axis, length: input[axis]) }
    case .dense:
      field.collapseAll(input)
      field.axes = [nil]
    case .matrixProduct:
      field.collapseAll(input)
      field.axes = output.map { _ in nil }
    case .reduction(let layer):
      for axis in layer.axes { field.collapse(axis, length: input[axis]) }
      if !layer.keepsAxes {
        field.axes = input.indices.filter { !layer.axes.contains($0) }.map { field.axes[$0] }
      }
    case .layerNormalization(let layer): field.normalize(over: layer.axis..<input.count)
    case .groupNormalization: field.normalize(over: input.indices)
    case .lpNormalization(let layer): field.normalize(over: [layer.axis])
    case .softmax(let layer): field.normalize(over: [layer.axis])
    case .reshape: field.reshape(from: input, to: output)
    case .transpose(let layer): field.axes = layer.permutation.map { field.axes[$0] }
    case .slice(let layer): for cut in layer.cuts { field.cut(cut, length: input[cut.axis]) }
    case .padding(let layer):
      for (axis, before) in layer.before.enumerated() {
        field.slide(axis, taps: 1, stride: 1, dilation: 1, before: before)
      }
    case .gather(let layer):
      field.collapse(layer.axis, length: input[layer.axis])
      let places = layer.indicesShape.axes.map { _ in Int?.none }
      field.axes.replaceSubrange(layer.axis...layer.axis, with: places)
    case .tile(let layer):
      for (axis, times) in layer.repeats.enumerated() where times > 1 {
        field.collapse(axis, length: input[axis])
      }
    case .depthToSpace(let layer):
      for axis in 1...2 { field.enlarge(axis, by: Double(layer.block), reach: 1) }
    case .spaceToDepth(let layer):
      for axis in 1...2 {
        field.slide(axis, taps: layer.block, stride: layer.block, dilation: 1, before: 0)
      }
    case .resize(let layer):
      let reach = layer.interpolation == .linear ? 2 : 1
      for (index, length) in layer.source.enumerated() {
        field.enlarge(
          index + input.count - layer.source.count,
          by: Double(layer.target[index]) / Double(length), reach: reach)
      }
    }
    return field
  }

  /// What several values see together, aligned at their last axes.
  private func merged(_ node: Node, _ seen: [ReceptiveField?]) -> ReceptiveField? {
    let rank = self[node.output].shape.rank
    var result: ReceptiveField?
    for case var field? in seen {
      field.lead(to: rank)
      result = result?.merged(with: field) ?? field
    }
    if case .concatenation(let layer) = node.operation {
      result?.collapse(layer.axis, length: self[node.output].shape[layer.axis])
    }
    return result
  }
}

extension ReceptiveField {
  /// Axes without places come before the value's own.
  fileprivate mutating func lead(to rank: Int) {
    axes.insert(contentsOf: Array(repeating: nil, count: max(0, rank - axes.count)), at: 0)
  }

  fileprivate mutating func slide(_ axis: Int, _ kernel: KernelAxis) {
    slide(
      axis, taps: kernel.kernel, stride: kernel.stride, dilation: kernel.dilation,
      before: kernel.before)
  }

  fileprivate mutating func slide(_ window: PoolingWindow, _ last: Int) {
    for (axis, window) in [(last, window.horizontal), (last - 1, window.vertical)] where axis > 0 {
      slide(
        axis, taps: window.kernel, stride: window.stride, dilation: window.dilation,
        before: window.before)
    }
  }

  /// Output `o` of a transposed convolution is reached from the inputs between
  /// `(o + before − (kernel − 1) · dilation) / stride` and `(o + before) / stride`.
  fileprivate mutating func spread(_ axis: Int, _ kernel: TransposedConvolution.Axis) {
    let span = (kernel.kernel - 1) * kernel.dilation
    let first = (Double(kernel.before - span) / Double(kernel.stride)).rounded(.up)
    enlarge(axis, by: Double(kernel.stride), reach: span / kernel.stride + 1, from: first)
  }

  fileprivate mutating func cut(_ cut: Slice.Cut, length: Int) {
    guard cut.step > 0 else { return collapse(cut.axis, length: length) }
    let first = cut.indices(of: length).first { _ in true } ?? 0
    slide(cut.axis, taps: 1, stride: cut.step, dilation: 1, before: -first)
  }
}
