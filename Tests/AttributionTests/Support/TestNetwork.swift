import Attribution
import Networks
import Tensors

/// Small networks with weights that a counter makes, so that they are the same on every machine.
enum TestNetwork: String, CaseIterable, Sendable {
  /// Convolution, ReLU, max pooling, convolution, ReLU, max pooling, dense, ReLU, dense.
  case plain

  /// Convolution, tanh, average pooling, dense.
  case smooth

  /// Two dense layers without anything between.
  case linear

  static let inputShape: Shape = [1, 12, 12]

  var model: NetworkModel {
    var builder = NetworkBuilder()
    do {
      let input = try builder.graph.addInput("image", Self.inputShape)
      let logits =
        switch self {
        case .plain: try plain(&builder, input)
        case .smooth: try smooth(&builder, input)
        case .linear: try builder.dense(try builder.dense(input, 20), 4)
        }
      builder.graph.markOutput(logits)
    } catch {
      preconditionFailure("a test network that cannot be built: \(error)")
    }
    return NetworkModel(builder.graph, space: .unit(channels: 1))
  }

  private func plain(
    _ builder: inout NetworkBuilder, _ input: Graph.ValueID
  ) throws -> Graph.ValueID {
    var x = try builder.pointwise(.relu, try builder.convolution(input, 4, kernel: 3))
    x = try builder.maxPooling(x)
    x = try builder.pointwise(.relu, try builder.convolution(x, 6, kernel: 3))
    x = try builder.maxPooling(x)
    x = try builder.pointwise(.relu, try builder.dense(x, 16))
    return try builder.dense(x, 4)
  }

  private func smooth(
    _ builder: inout NetworkBuilder, _ input: Graph.ValueID
  ) throws -> Graph.ValueID {
    var x = try builder.pointwise(.tanh, try builder.convolution(input, 4, kernel: 3))
    x = try builder.graph.add(
      .averagePooling(AveragePooling(.square(2), countsPadding: false)), name: "average",
      inputs: [x])
    return try builder.dense(x, 4)
  }

  /// Images of soft spots.
  static func image(_ number: Int) -> [Float] {
    var random = CounterRandom(seed: 99, UInt32(number))
    let spots = (0..<3).map { _ in
      (x: random.uniform(2, 10), y: random.uniform(2, 10), width: random.uniform(1, 3))
    }
    return (0..<inputShape.count).map { place in
      let (x, y) = (Float(place % 12), Float(place / 12))
      let light = spots.reduce(Float(0)) { sum, spot in
        let distance = (x - spot.x) * (x - spot.x) + (y - spot.y) * (y - spot.y)
        return sum + max(0, 1 - distance / (spot.width * spot.width))
      }
      return min(1, light)
    }
  }

  static func subjects(_ count: Int) -> [Subject] {
    (0..<count).map { Subject(values: image($0), target: .logit($0 % 4)) }
  }
}

/// Adds layers with weights of He's variance.
struct NetworkBuilder {
  var graph = Graph()
  private var count: UInt32 = 0

  mutating func convolution(
    _ input: Graph.ValueID, _ channels: Int, kernel: Int
  ) throws -> Graph.ValueID {
    let name = "convolution\(count)"
    let inputs = graph[input].shape[0]
    let parameters = [
      weights(name + ".weight", [channels, inputs, kernel, kernel]),
      weights(name + ".bias", [channels]),
    ]
    return try graph.add(
      .convolution(
        Convolution(outputChannels: channels, kernel: kernel, padding: kernel / 2)),
      name: name, inputs: [input], parameters: parameters)
  }

  mutating func dense(_ input: Graph.ValueID, _ outputs: Int) throws -> Graph.ValueID {
    let name = "dense\(count)"
    let parameters = [
      weights(name + ".weight", [outputs, graph[input].shape.count]),
      weights(name + ".bias", [outputs]),
    ]
    return try graph.add(
      .dense(Dense(outputs: outputs)), name: name, inputs: [input], parameters: parameters)
  }

  mutating func pointwise(
    _ kind: PointwiseKind, _ input: Graph.ValueID
  ) throws -> Graph.ValueID {
    count += 1
    return try graph.add(.pointwise(Pointwise(kind)), name: "pointwise\(count)", inputs: [input])
  }

  mutating func maxPooling(_ input: Graph.ValueID) throws -> Graph.ValueID {
    count += 1
    return try graph.add(.maxPooling(MaxPooling(.square(2))), name: "pool\(count)", inputs: [input])
  }

  private mutating func weights(_ name: String, _ shape: Shape) -> Graph.ParameterID {
    count += 1
    var random = CounterRandom(seed: 5, count)
    let inputs = shape.rank == 1 ? 100 : shape.count / shape[0]
    let deviation = (2 / Float(inputs)).squareRoot()
    return graph.addParameter(
      Parameter(name, shape, (0..<shape.count).map { _ in random.normal() * deviation }))
  }
}
