public import Networks
public import Tensors

/// A layer whose output still has rows and columns: what a class activation map can be made of.
public struct SpatialLayer: Sendable, Hashable {
  /// The node's name.
  public let name: String
  public let value: Graph.ValueID

  /// Channels, rows, columns.
  public let shape: Shape
}

extension NetworkModel {
  /// The layers behind which the picture is still a picture, in the order in which they run; the last
  /// is the one that class activation maps take unless told otherwise.
  ///
  /// Of rank three are also heads of attention and regrouped channels; so what counts is where a
  /// value comes from, not its shape alone.
  public var spatialLayers: [SpatialLayer] {
    var isSpatial = Array(repeating: false, count: graph.values.count)
    isSpatial[input.index] = graph[input].shape.isSpatial
    let needed = nodesBefore(logits)
    var layers: [SpatialLayer] = []
    for node in graph.nodes where needed.contains(node.output) {
      let shape = graph[node.output].shape
      guard shape.isSpatial, node.operation.keepsPlaces else { continue }
      guard node.inputs.contains(where: { isSpatial[$0.index] }) || node.operation.readsPlanes
      else { continue }
      isSpatial[node.output.index] = true
      layers.append(SpatialLayer(name: node.name, value: node.output, shape: shape))
    }
    return layers
  }

  /// The spatial layer of that name: a value's, a node's, or, where names are paths
  /// (`/layer4/layer4.1/conv2/Conv`), that of a part of the network (`layer4`, `conv2`), which means
  /// its last layer. Without a name, the last of all.
  public func spatialLayer(named name: String?, method: String) throws(MethodError) -> SpatialLayer
  {
    let layers = spatialLayers
    guard let name else {
      guard let last = layers.last else {
        throw .impossible(method: method, setting: "layer", reason: .needsSpatialInput)
      }
      return last
    }
    if let found = layers.last(where: { graph[$0.value].name == name })
      ?? layers.last(where: { $0.name == name })
      ?? layers.last(where: { $0.name.split(separator: "/").contains { $0 == name } })
    {
      return found
    }
    guard graph.value(named: name) == nil, !graph.nodes.contains(where: { $0.name == name }) else {
      throw .notSpatial(method: method, layer: name)
    }
    throw .unknownLayer(method: method, layer: name, known: layers.map(\.name))
  }

  /// The values that a value is made of, with itself.
  private func nodesBefore(_ value: Graph.ValueID) -> Set<Graph.ValueID> {
    var needed: Set<Graph.ValueID> = [value]
    for node in graph.nodes.reversed() where needed.contains(node.output) {
      needed.formUnion(node.inputs)
    }
    return needed
  }
}

extension Shape {
  /// Whether it is that of planes with more than one place.
  fileprivate var isSpatial: Bool { rank == 3 && axes[1] * axes[2] > 1 }
}

extension Operation {
  /// Whether the input has to be planes, so that the output is planes as well.
  fileprivate var readsPlanes: Bool {
    switch self {
    case .convolution, .transposedConvolution, .maxPooling, .averagePooling: true
    case .arithmetic, .arithmeticConstant, .batchNormalization, .concatenation, .dense,
      .depthToSpace, .dropout, .expand, .gather, .globalPooling, .groupNormalization, .identity,
      .layerNormalization, .localResponseNormalization, .lpNormalization, .matrixProduct, .padding,
      .parametricReLU, .pointwise, .reduction, .reshape, .resize, .slice, .softmax, .spaceToDepth,
      .tile, .transpose:
      false
    }
  }

  /// Whether a place of the output is about the same place of the input.
  fileprivate var keepsPlaces: Bool {
    switch self {
    case .arithmetic, .arithmeticConstant, .averagePooling, .batchNormalization, .concatenation,
      .convolution, .depthToSpace, .dropout, .gather, .groupNormalization, .identity,
      .layerNormalization, .localResponseNormalization, .lpNormalization, .maxPooling, .padding,
      .parametricReLU, .pointwise, .resize, .slice, .softmax, .spaceToDepth, .transposedConvolution:
      true
    case .dense, .expand, .globalPooling, .matrixProduct, .reduction, .reshape, .tile, .transpose:
      false
    }
  }
}
