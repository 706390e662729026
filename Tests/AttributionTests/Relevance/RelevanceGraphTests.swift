import Attribution
import Networks
import Tensors
import TestSupport
import Testing

/// What the shape of a network must not change.
@Suite struct RelevanceGraphTests {
  static let methods = [
    "lrp", "lrp:composite=epsilon-alpha2-beta1", "grad-cam", "hirescam", "layer-cam",
  ]

  /// Convolution with its own batch normalisation, or with that folded into it.
  private static func normalized(folded: Bool) throws -> NetworkModel {
    let weights: [Float] = [0.5, -1, 2, 0.25, 1, -0.5, 0.75, -0.25]
    let slopes: [Float] = [2, -0.5]
    let offsets: [Float] = [0.5, 1]
    var graph = Graph()
    let input = try graph.addInput("image", [1, 4, 4])
    let own = folded ? weights.indices.map { weights[$0] * slopes[$0 / 4] } : weights
    var parameters = [graph.addParameter(Parameter("w", [2, 1, 2, 2], own))]
    if folded { parameters.append(graph.addParameter(Parameter("b", [2], offsets))) }
    var x = try graph.add(
      .convolution(Convolution(outputChannels: 2, kernel: 2)), name: "convolution",
      inputs: [input], parameters: parameters)
    if !folded {
      // Variance 1/4 without epsilon: a slope of twice the scale.
      let values: [(String, [Float])] = [
        ("scale", [1, -0.25]), ("bias", [0.5, 1]), ("mean", [0, 0]), ("variance", [0.25, 0.25]),
      ]
      x = try graph.add(
        .batchNormalization(BatchNormalization(epsilon: 0)), name: "normalized", inputs: [x],
        parameters: values.map { graph.addParameter(Parameter($0.0, [2], $0.1)) })
    }
    x = try graph.add(.pointwise(Pointwise(.relu)), name: "relu", inputs: [x])
    let head = graph.addParameter(
      Parameter("head", [2, 18], (0..<36).map { Float($0 % 5) - 1.5 }))
    graph.markOutput(
      try graph.add(
        .dense(Dense(outputs: 2)), name: "head", inputs: [x], parameters: [head]))
    return NetworkModel(graph, space: .unit(channels: 1))
  }

  @Test(arguments: methods) func batchNormalisationIsFolded(_ method: String) throws {
    let image: [Float] = (0..<16).map { Float($0 * 7 % 16) / 16 }
    let maps = try [false, true].map {
      try map(method, image, .logit(1), of: try Self.normalized(folded: $0)).values
    }
    expectClose(maps[0], maps[1].map(Double.init), relative: 1e-5)
  }

  /// The same convolution twice, by one parameter or by two equal ones.
  private static func repeated(shared: Bool) throws -> NetworkModel {
    var graph = Graph()
    var x = try graph.addInput("image", [1, 4, 4])
    let weights: [Float] = (0..<9).map { Float($0 * 5 % 9) / 6 - 0.4 }
    let parameters = (0..<2).map { graph.addParameter(Parameter("w\($0)", [1, 1, 3, 3], weights)) }
    for step in 0..<2 {
      x = try graph.add(
        .convolution(Convolution(outputChannels: 1, kernel: 3, padding: 1)),
        name: "convolution\(step)", inputs: [x], parameters: [parameters[shared ? 0 : step]])
      x = try graph.add(.pointwise(Pointwise(.relu)), name: "relu\(step)", inputs: [x])
    }
    // A value used twice as well.
    x = try graph.add(.arithmetic(Arithmetic(.add)), name: "twice", inputs: [x, x])
    let head = graph.addParameter(
      Parameter("head", [2, 16], (0..<32).map { Float($0 % 5) - 1.5 }))
    graph.markOutput(
      try graph.add(.dense(Dense(outputs: 2)), name: "head", inputs: [x], parameters: [head]))
    return NetworkModel(graph, space: .unit(channels: 1))
  }

  @Test(arguments: methods + ["ablation-cam", "score-cam", "fullgrad", "guided-grad-cam"])
  func aLayerMayBeUsedTwice(_ method: String) throws {
    let image: [Float] = (0..<16).map { Float($0 * 7 % 16) / 16 }
    let maps = try [true, false].map {
      try map(method, image, .logit(1), of: try Self.repeated(shared: $0)).values
    }
    #expect(maps[0] == maps[1])
    #expect(maps[0].contains { $0 != 0 })
  }

  @Test func theBoxIsWhatTheFirstLayerSees() throws {
    let outside = try Self.prepared(inside: false)
    let inside = try Self.prepared(inside: true)
    let image: [Float] = [0.25, 0.5, 0.75, 1]
    let plain = try map("lrp", image.map { ($0 - 0.5) * 4 }, .logit(0), of: outside)
    let prefixed = try map("lrp", image, .logit(0), of: inside)
    expectClose(prefixed.values, plain.values.map(Double.init), relative: 1e-5)
  }

  /// A dense layer behind `(x − 1/2) · 4`, which stands in the graph or is left to the caller.
  private static func prepared(inside: Bool) throws -> NetworkModel {
    var graph = Graph()
    var x = try graph.addInput("x", [1, 2, 2])
    if inside {
      let half = graph.addParameter(Parameter("half", [], [0.5], isTrainable: false))
      let four = graph.addParameter(Parameter("four", [], [4], isTrainable: false))
      x = try graph.add(
        .arithmeticConstant(ArithmeticConstant(.subtract, constant: .right)), name: "centred",
        inputs: [x], parameters: [half])
      x = try graph.add(
        .arithmeticConstant(ArithmeticConstant(.multiply, constant: .right)), name: "scaled",
        inputs: [x], parameters: [four])
    }
    let weight = graph.addParameter(Parameter("w", [1, 4], [1, -2, 3, 0.5]))
    graph.markOutput(
      try graph.add(.dense(Dense(outputs: 1)), name: "dense", inputs: [x], parameters: [weight]))
    return NetworkModel(
      graph, space: inside ? .unit(channels: 1) : InputSpace(black: [-2], white: [2]))
  }
}
