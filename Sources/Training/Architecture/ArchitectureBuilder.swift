public import Networks
public import Tensors

extension Architecture {
  /// The network for samples of a shape and so many classes, with first values for its parameters.
  ///
  /// Weights start as `initializer` says, biases at zero, normalisations as the identity. A
  /// convolution that a normalisation follows has no bias: the normalisation would take it away.
  public func graph(
    input shape: Shape, classes: Int, initializer: Initializer = .heNormal(), seed: UInt64
  ) throws(ArchitectureError) -> Graph {
    var builder = ArchitectureBuilder(
      shape: shape, classes: classes, initializer: initializer, seed: seed)
    let output = try builder.add(layers, to: builder.input)
    let found = builder.graph[output].shape
    guard found == [classes] else {
      throw .wrongOutput(
        range: layers.last?.range ?? 0..<0, found: found.axes, classes: classes)
    }
    builder.graph.markOutput(output)
    return builder.graph
  }
}

/// Makes a ``Graph`` of an ``Architecture``.
struct ArchitectureBuilder {
  var graph = Graph()
  let input: Graph.ValueID
  private let classes: Int
  private let initializer: Initializer
  private let seed: UInt64

  /// How many nodes of each kind there are: `conv1`, `conv2`, …
  private var counts: [String: Int] = [:]

  init(shape: Shape, classes: Int, initializer: Initializer, seed: UInt64) {
    self.classes = classes
    self.initializer = initializer
    self.seed = seed
    do {
      input = try graph.addInput("image", shape)
    } catch {
      preconditionFailure("the first value of a graph: \(error)")
    }
  }

  mutating func add(
    _ layers: [PlacedLayer], to start: Graph.ValueID
  ) throws(ArchitectureError) -> Graph.ValueID {
    var value = start
    for (index, placed) in layers.enumerated() {
      let next = index + 1 < layers.count ? layers[index + 1].layer : nil
      value = try add(placed, to: value, hasBias: next != .normalization)
    }
    return value
  }

  private mutating func add(
    _ placed: PlacedLayer, to value: Graph.ValueID, hasBias: Bool
  ) throws(ArchitectureError) -> Graph.ValueID {
    let shape = graph[value].shape
    switch placed.layer {
    case .convolution(let filters, let height, let width, let stride, let padding):
      let layer = Convolution(
        outputChannels: filters, vertical: axis(height, stride, padding),
        horizontal: axis(width, stride, padding))
      return try weighted(
        .convolution(layer), "conv", [filters, shape[0], height, width], value,
        hasBias: hasBias, placed)
    case .normalization:
      return try normalize(value, placed)
    case .activation(let kind):
      return try node(.pointwise(Pointwise(kind)), "\(kind)", [value], [], placed)
    case .maxPooling(let size, let stride):
      return try node(.maxPooling(MaxPooling(window(size, stride))), "pool", [value], [], placed)
    case .averagePooling(let size, let stride):
      let layer = AveragePooling(window(size, stride), countsPadding: false)
      return try node(.averagePooling(layer), "average", [value], [], placed)
    case .globalPooling(let kind):
      let pooled = try node(
        .globalPooling(GlobalPooling(kind)), "global", [value], [], placed)
      return try flatten(pooled, placed)
    case .dense(let outputs):
      let outputs = outputs ?? classes
      let vector = shape.rank == 1 ? value : try flatten(value, placed)
      return try weighted(
        .dense(Dense(outputs: outputs)), "dense", [outputs, shape.count], vector,
        hasBias: hasBias, placed)
    case .dropout(let rate):
      return try node(.dropout(Dropout(keep: 1 - rate)), "dropout", [value], [], placed)
    case .flatten:
      return try flatten(value, placed)
    case .residual(let inner):
      return try residual(inner, value, placed)
    }
  }

  /// `x + f(x)`, with a 1x1 convolution and a normalisation on the way of `x` if `f` changes the
  /// shape (He, Zhang, Ren, Sun, "Deep residual learning", 2016, option B).
  private mutating func residual(
    _ inner: [PlacedLayer], _ value: Graph.ValueID, _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    let result = try add(inner, to: value)
    let (from, to) = (graph[value].shape, graph[result].shape)
    var shortcut = value
    if from != to {
      guard from.rank == 3, to.rank == 3,
        let stride = (1...64).first(where: { stride in
          (1...2).allSatisfy { (from[$0] - 1) / stride + 1 == to[$0] }
        })
      else { throw .residualSize(range: placed.range, input: from.axes, output: to.axes) }
      let layer = Convolution(outputChannels: to[0], kernel: 1, stride: stride)
      shortcut = try weighted(
        .convolution(layer), "shortcut", [to[0], from[0], 1, 1], value, hasBias: false, placed)
      shortcut = try normalize(shortcut, placed)
    }
    return try node(.arithmetic(Arithmetic(.add)), "sum", [result, shortcut], [], placed)
  }

  private mutating func flatten(
    _ value: Graph.ValueID, _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    let layer = Reshape(to: [graph[value].shape.count])
    return try node(.reshape(layer), "flatten", [value], [], placed)
  }

  private mutating func normalize(
    _ value: Graph.ValueID, _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    let channels = graph[value].shape[0]
    let name = nextName("norm")
    let ones = Array(repeating: Float(1), count: channels)
    let zeros = Array(repeating: Float(0), count: channels)
    let parameters = [
      Parameter("\(name).scale", [channels], ones), Parameter("\(name).bias", [channels], zeros),
      Parameter("\(name).mean", [channels], zeros, isTrainable: false),
      Parameter("\(name).variance", [channels], ones, isTrainable: false),
    ].map { graph.addParameter($0) }
    return try named(
      name, .batchNormalization(BatchNormalization()), [value], parameters, placed)
  }

  /// A node with weights, and a bias if it wants one.
  private mutating func weighted(
    _ operation: Operation, _ kind: String, _ axes: [Int], _ value: Graph.ValueID, hasBias: Bool,
    _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    guard let shape = Shape(checking: axes) else {
      throw .impossible(layer: kind, range: placed.range, .tooLarge(axes: axes))
    }
    let name = nextName(kind)
    var random = CounterRandom(
      seed: seed, Purpose.initialization, UInt32(graph.parameters.count))
    var parameters = [
      graph.addParameter(
        Parameter("\(name).weight", shape, initializer.values(shape, random: &random)))
    ]
    if hasBias {
      let zeros = Array(repeating: Float(0), count: axes[0])
      parameters.append(graph.addParameter(Parameter("\(name).bias", [axes[0]], zeros)))
    }
    return try named(name, operation, [value], parameters, placed)
  }

  private mutating func node(
    _ operation: Operation, _ kind: String, _ inputs: [Graph.ValueID],
    _ parameters: [Graph.ParameterID], _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    let word = String(kind.prefix { $0.isLetter || $0.isNumber })
    return try named(nextName(word), operation, inputs, parameters, placed)
  }

  private mutating func named(
    _ name: String, _ operation: Operation, _ inputs: [Graph.ValueID],
    _ parameters: [Graph.ParameterID], _ placed: PlacedLayer
  ) throws(ArchitectureError) -> Graph.ValueID {
    do {
      return try graph.add(operation, name: name, inputs: inputs, parameters: parameters)
    } catch .shape(let node, let error) {
      throw .impossible(layer: node, range: placed.range, error)
    } catch {
      preconditionFailure("a name given twice: \(error)")
    }
  }

  private mutating func nextName(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind, default: 1])"
  }

  private func axis(_ kernel: Int, _ stride: Int, _ padding: SpatialPadding) -> KernelAxis {
    switch padding {
    case .same:
      KernelAxis(
        kernel: kernel, stride: stride, before: (kernel - 1) / 2, after: kernel / 2)
    case .pixels(let count):
      KernelAxis(kernel: kernel, stride: stride, before: count, after: count)
    }
  }

  private func window(_ size: Int, _ stride: Int) -> PoolingWindow {
    let axis = WindowAxis(kernel: size, stride: stride)
    return PoolingWindow(vertical: axis, horizontal: axis)
  }
}
