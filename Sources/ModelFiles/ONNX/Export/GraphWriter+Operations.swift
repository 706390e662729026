import Networks
import Tensors

extension GraphWriter {
  /// Writes one node; an axis of a sample is one further in ONNX, behind the batch.
  mutating func write(_ node: Graph.Node) {
    let output = graph[node.output].name
    let x = node.inputs.first.map { graph[$0].name } ?? ""
    let rank = graph[node.output].shape.rank

    switch node.operation {
    case .arithmetic(let layer):
      let inputs = node.inputs.map { ranked($0, rank, for: node) }
      add(layer.kind.operatorName, inputs, name: node.name, output: output)
    case .arithmeticConstant(let layer):
      let value = ranked(node.inputs[0], rank, for: node)
      let constant = parameter(node.parameters[0])
      let inputs = layer.side == .left ? [constant, value] : [value, constant]
      add(layer.kind.operatorName, inputs, name: node.name, output: output)
    case .parametricReLU:
      add("PRelu", [x, parameter(node.parameters[0])], name: node.name, output: output)
    case .pointwise(let layer): write(layer.kind, x, node.name, output)

    case .concatenation(let layer):
      add(
        "Concat", node.inputs.map { graph[$0].name }, [.init("axis", layer.axis + 1)],
        name: node.name, output: output)
    case .depthToSpace(let layer):
      let mode =
        switch layer.order {
        case .depthColumnRow: "DCR"
        case .columnRowDepth: "CRD"
        }
      add(
        "DepthToSpace", [x], [.init("blocksize", layer.block), .init("mode", mode)],
        name: node.name, output: output)
    case .spaceToDepth(let layer):
      add("SpaceToDepth", [x], [.init("blocksize", layer.block)], name: node.name, output: output)
    case .expand(let layer):
      let value = ranked(node.inputs[0], rank, for: node)
      let ones = Array(repeating: 1, count: rank - layer.target.rank)
      add(
        "Expand", [value, integers([1] + ones + layer.target.axes)], name: node.name,
        output: output)
    case .gather(let layer):
      let indices = integers(layer.indices, axes: layer.indicesShape.axes)
      add("Gather", [x, indices], [.init("axis", layer.axis + 1)], name: node.name, output: output)
    case .padding(let layer): write(layer, x, node.name, output)
    case .reshape(let layer):
      if layer.target.rank == 1 {
        add("Flatten", [x], [.init("axis", 1)], name: node.name, output: output)
      } else {
        add("Reshape", [x, integers([0] + layer.target.axes)], name: node.name, output: output)
      }
    case .slice(let layer):
      let inputs = [
        x, integers(layer.cuts.map(\.start)), integers(layer.cuts.map(\.end)),
        integers(layer.cuts.map { $0.axis + 1 }), integers(layer.cuts.map(\.step)),
      ]
      add("Slice", inputs, name: node.name, output: output)
    case .tile(let layer):
      add("Tile", [x, integers([1] + layer.repeats)], name: node.name, output: output)
    case .transpose(let layer):
      add(
        "Transpose", [x], [.init("perm", [0] + layer.permutation.map { $0 + 1 })],
        name: node.name, output: output)

    case .reduction(let layer): write(layer, x, node.name, output)
    case .softmax(let layer):
      let operation =
        switch layer.kind {
        case .softmax: "Softmax"
        case .logSoftmax: "LogSoftmax"
        }
      add(operation, [x], [.init("axis", layer.axis + 1)], name: node.name, output: output)
    case .matrixProduct:
      let inputs = node.inputs.map { ranked($0, rank, for: node) }
      add("MatMul", inputs, name: node.name, output: output)

    case .convolution(let layer):
      let axes = rank == 3 ? [layer.vertical, layer.horizontal] : [layer.horizontal]
      add(
        "Conv", [x] + node.parameters.map { parameter($0) },
        [
          .init("kernel_shape", axes.map(\.kernel)), .init("strides", axes.map(\.stride)),
          .init("dilations", axes.map(\.dilation)),
          .init("pads", axes.map(\.before) + axes.map(\.after)), .init("group", layer.groups),
        ], name: node.name, output: output)
    case .transposedConvolution(let layer):
      let axes = rank == 3 ? [layer.vertical, layer.horizontal] : [layer.horizontal]
      add(
        "ConvTranspose", [x] + node.parameters.map { parameter($0) },
        [
          .init("kernel_shape", axes.map(\.kernel)), .init("strides", axes.map(\.stride)),
          .init("dilations", axes.map(\.dilation)),
          .init("pads", axes.map(\.before) + axes.map(\.after)),
          .init("output_padding", axes.map(\.outputPadding)), .init("group", layer.groups),
        ], name: node.name, output: output)
    case .dense:
      // It reads whatever it gets as one vector; Gemm wants it to be one.
      let isVector = graph[node.inputs[0]].shape.rank == 1
      let vector =
        isVector ? x : add("Flatten", [x], [.init("axis", 1)], name: node.name + "/flat")
      add(
        "Gemm", [vector] + node.parameters.map { parameter($0) }, [.init("transB", 1)],
        name: node.name, output: output)

    case .maxPooling(let layer):
      let attributes = attributes(of: layer.window, rank: rank, dilates: true)
      add("MaxPool", [x], attributes, name: node.name, output: output)
    case .averagePooling(let layer):
      let attributes =
        attributes(of: layer.window, rank: rank, dilates: operatorSet >= 19)
        + [.init("count_include_pad", layer.countsPadding ? 1 : 0)]
      add("AveragePool", [x], attributes, name: node.name, output: output)
    case .globalPooling(let layer):
      let operation =
        switch layer.kind {
        case .average: "GlobalAveragePool"
        case .max: "GlobalMaxPool"
        }
      add(operation, [x], name: node.name, output: output)
    case .resize(let layer): write(layer, x, node.name, output)

    case .batchNormalization(let layer): write(layer, node, x, output)
    case .layerNormalization(let layer): write(layer, node, x, output)
    case .groupNormalization(let layer): write(layer, node, x, output)
    case .lpNormalization(let layer):
      let norm = layer.norm == .l1 ? 1 : 2
      add(
        "LpNormalization", [x], [.init("axis", layer.axis + 1), .init("p", norm)],
        name: node.name, output: output)
    case .localResponseNormalization(let layer):
      add(
        "LRN", [x],
        [
          .init("size", layer.size), .init("alpha", layer.alpha), .init("beta", layer.beta),
          .init("bias", layer.k),
        ], name: node.name, output: output)
    case .identity: add("Identity", [x], name: node.name, output: output)
    case .dropout(let layer):
      let ratio = floats([1 - layer.keep], axes: [], name: node.name + "/ratio")
      add("Dropout", [x, ratio], name: node.name, output: output)
    }
  }
}

// MARK: - Operations with more to say

extension GraphWriter {
  private mutating func write(
    _ layer: Padding, _ x: String, _ name: String, _ output: String
  ) {
    let pads = integers([0] + layer.before + [0] + layer.after)
    switch layer.mode {
    case .constant(let value):
      let filling = floats([value], axes: [], name: name + "/value")
      add("Pad", [x, pads, filling], [.init("mode", "constant")], name: name, output: output)
    case .edge: add("Pad", [x, pads], [.init("mode", "edge")], name: name, output: output)
    case .reflect: add("Pad", [x, pads], [.init("mode", "reflect")], name: name, output: output)
    }
  }

  /// Axes became an input with operator set 18, for sums with 13.
  private mutating func write(
    _ layer: Reduction, _ x: String, _ name: String, _ output: String
  ) {
    let axes = layer.axes.map { $0 + 1 }
    let keeps = ONNX.Attribute("keepdims", layer.keepsAxes ? 1 : 0)
    if axes.isEmpty {
      add("Identity", [x], name: name, output: output)
    } else if operatorSet >= 18 || layer.kind == .sum {
      add(layer.kind.operatorName, [x, integers(axes)], [keeps], name: name, output: output)
    } else {
      add(layer.kind.operatorName, [x], [.init("axes", axes), keeps], name: name, output: output)
    }
  }

  private func attributes(
    of window: PoolingWindow, rank: Int, dilates: Bool
  ) -> [ONNX.Attribute] {
    let axes = rank == 3 ? [window.vertical, window.horizontal] : [window.horizontal]
    var attributes: [ONNX.Attribute] = [
      .init("kernel_shape", axes.map(\.kernel)), .init("strides", axes.map(\.stride)),
      .init("pads", axes.map(\.before) + axes.map(\.after)),
      .init("ceil_mode", window.horizontal.roundsUp ? 1 : 0),
    ]
    if dilates { attributes.append(.init("dilations", axes.map(\.dilation))) }
    return attributes
  }

  private mutating func write(
    _ layer: Resize, _ x: String, _ name: String, _ output: String
  ) {
    var attributes: [ONNX.Attribute] = []
    switch layer.interpolation {
    case .linear: attributes.append(.init("mode", "linear"))
    case .nearest(let rounding):
      let text =
        switch rounding {
        case .floor: "floor"
        case .ceil: "ceil"
        case .roundPreferFloor: "round_prefer_floor"
        case .roundPreferCeil: "round_prefer_ceil"
        }
      attributes += [.init("mode", "nearest"), .init("nearest_mode", text)]
    }
    let coordinates =
      switch layer.coordinates {
      case .halfPixel: "half_pixel"
      case .pytorchHalfPixel: "pytorch_half_pixel"
      case .alignCorners: "align_corners"
      case .asymmetric: "asymmetric"
      }
    attributes.append(.init("coordinate_transformation_mode", coordinates))
    let axes = (0..<layer.source.count).map { $0 - layer.source.count }
    attributes.append(.init("axes", axes))
    if let scales = layer.scales {
      let factors = floats(
        scales.map { Float($0) }, axes: [scales.count], name: name + "/scales")
      add("Resize", [x, "", factors], attributes, name: name, output: output)
    } else {
      add("Resize", [x, "", "", integers(layer.target)], attributes, name: name, output: output)
    }
  }

  private mutating func write(
    _ layer: BatchNormalization, _ node: Graph.Node, _ x: String, _ output: String
  ) {
    add(
      "BatchNormalization", [x] + node.parameters.map { parameter($0) },
      [.init("epsilon", layer.epsilon), .init("momentum", 1 - layer.momentum)],
      name: node.name, output: output)
  }

  private mutating func write(
    _ layer: LayerNormalization, _ node: Graph.Node, _ x: String, _ output: String
  ) {
    var inputs = [x] + node.parameters.map { parameter($0) }
    fill(&inputs, to: 2, axes: Array(graph[node.inputs[0]].shape.axes[layer.axis...]), node)
    add(
      layer.centers ? "LayerNormalization" : "RMSNormalization", inputs,
      [.init("axis", layer.axis + 1), .init("epsilon", layer.epsilon)],
      name: node.name, output: output)
  }

  private mutating func write(
    _ layer: GroupNormalization, _ node: Graph.Node, _ x: String, _ output: String
  ) {
    var inputs = [x] + node.parameters.map { parameter($0) }
    fill(&inputs, to: 3, axes: [graph[node.inputs[0]].shape[0]], node)
    var attributes = [ONNX.Attribute("epsilon", layer.epsilon)]
    switch layer.grouping {
    case .instance:
      add("InstanceNormalization", inputs, attributes, name: node.name, output: output)
    case .groups(let groups):
      attributes.append(.init("num_groups", groups))
      add("GroupNormalization", inputs, attributes, name: node.name, output: output)
    }
  }

  /// Adds the scale of one and the bias of zero that the network left out but ONNX wants.
  private mutating func fill(
    _ inputs: inout [String], to count: Int, axes: [Int], _ node: Graph.Node
  ) {
    while inputs.count < count {
      let isScale = inputs.count == 1
      let values = Array(repeating: Float(isScale ? 1 : 0), count: axes.reduce(1, *))
      inputs.append(
        floats(values, axes: axes, name: node.name + (isScale ? "/scale" : "/bias")))
    }
  }
}
