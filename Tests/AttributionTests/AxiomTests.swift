import Attribution
import Networks
import Tensors
import TestSupport
import Testing

/// What attributions are asked to do whatever the network.
@Suite struct AxiomTests {
  /// Methods that look at the function alone, not at how it is computed.
  static let invariant = [
    "gradient", "input-x-gradient", "integrated-gradients", "integrated-gradients:steps=50",
    "integrated-gradients:exact=true", "blur-ig:steps=10", "guided-ig:steps=20",
    "expected-gradients", "gradient-shap", "smoothgrad", "smoothgrad-squared", "vargrad",
  ]

  static let complete = [
    "integrated-gradients", "integrated-gradients:exact=true", "guided-ig", "deeplift",
    "deeplift:rule=reveal-cancel",
  ]

  private func maps(_ method: String, _ form: DenseForm, _ values: [[Float]]) throws
    -> [Attribution]
  {
    try MethodSpecification(method).attribute(
      values.map { Subject(values: $0, target: .logit(1)) },
      on: NetworkSession(try form.model()), seed: 5)
  }

  private static let images: [[Float]] = (0..<4).map { number in
    (0..<9).map { Float((number * 5 + $0 * 7) % 13) / 12 }
  }

  @Test(
    "on a linear network paths, DeepLIFT and Shapley values are the input times the gradient",
    arguments: [
      "integrated-gradients", "integrated-gradients:steps=5", "integrated-gradients:exact=true",
      "guided-ig", "deeplift", "deeplift:rule=reveal-cancel",
      "shapley-exact:segmenter=grid:cells=4:fill=black",
      "kernel-shap:segmenter=grid:cells=4:fill=black",
      "shapley-sampling:segmenter=grid:cells=4:fill=black",
    ])
  func linear(_ method: String) throws {
    let session = NetworkSession(TestNetwork.linear.model)
    let subjects = TestNetwork.subjects(3)
    let products = try MethodSpecification("input-x-gradient")
      .attribute(subjects, on: session, seed: 0)
    let maps = try MethodSpecification(method).attribute(subjects, on: session, seed: 0)
    for (map, product) in zip(maps, products) {
      guard let segments = map.record.segments else {
        expectClose(map.values, product.values.map(Double.init))
        continue
      }
      var sums = Array(repeating: 0.0, count: 16)
      for (place, value) in product.values.enumerated() {
        sums[place / 12 * 4 / 12 * 4 + place % 12 * 4 / 12] += Double(value)
      }
      expectClose(segments.map(\.value), sums)
    }
  }

  @Test(arguments: invariant, [DenseForm.scaled, .doubled, .signed])
  func oneFunctionHasOneMapHoweverItIsComputed(_ method: String, _ form: DenseForm) throws {
    let tolerance = method == "integrated-gradients" ? 0.02 : 1e-3
    for (map, other) in zip(
      try maps(method, .plain, Self.images), try maps(method, form, Self.images))
    {
      expectClose(other.values, map.values.map(Double.init), relative: tolerance)
    }
  }

  @Test(arguments: Set(invariant + complete).sorted())
  func anInputThatIsNotReadGetsNothing(_ method: String) throws {
    for map in try maps(method, .plain, Self.images) {
      #expect(map.values[DenseForm.unread] == 0)
      #expect(!map.isFlat)
    }
  }

  @Test(arguments: complete + ["gradient", "input-x-gradient", "integrated-gradients:steps=50"])
  func inputsThatAreReadAlikeGetTheSame(_ method: String) throws {
    var image = Self.images[1]
    let (a, b) = DenseForm.alike
    image[b] = image[a]
    let map = try maps(method, .plain, [image])[0]
    let scale = map.values.reduce(0) { max($0, abs($1)) }
    #expect(abs(map.values[a] - map.values[b]) <= 1e-5 * scale)
  }

  @Test(arguments: complete)
  func anImageLikeItsBaselineHasAFlatMap(_ method: String) throws {
    let map = try maps(method, .plain, [Array(repeating: 0, count: 9)])[0]
    #expect(map.isFlat)
    #expect(map.values.allSatisfy { $0 == 0 })
  }

  /// The same layer at two places, a value with three readers: nothing is remembered in a layer.
  @Test(
    arguments: Set(invariant + complete + ["guided-backprop", "deconvolution", "deeplift-shap"])
      .sorted())
  func layersAndValuesThatAreUsedAgainAreLikeCopies(_ method: String) throws {
    let subjects = Self.images.map { Subject(values: $0, target: .logit(0)) }
    func maps(_ shares: Bool) throws -> [Attribution] {
      try MethodSpecification(method).attribute(
        subjects, on: NetworkSession(try Self.recurrent(shares: shares)), seed: 2)
    }
    // Points are spaced by the first layer's units, which with a copy are not all in one layer.
    let tolerance = method == "integrated-gradients" ? 0.02 : 2e-5
    for (map, other) in zip(try maps(true), try maps(false)) {
      expectClose(map.values, other.values.map(Double.init), relative: tolerance)
      #expect(!map.isFlat)
    }
  }

  /// `x → relu(Wx + b)` three times with one W and b, each state read by the next and by the sum; or
  /// with copies of both, and of the first state.
  private static func recurrent(shares: Bool) throws -> NetworkModel {
    var graph = Graph()
    var random = CounterRandom(seed: 77)
    let input = try graph.addInput("image", [1, 3, 3])
    let weights = (0..<81).map { _ in 0.4 * random.normal() }
    let biases = (0..<9).map { _ in 0.1 * random.normal() }
    var parameters: [Graph.ParameterID] = []
    func step(_ name: String, _ from: Graph.ValueID) throws -> Graph.ValueID {
      if parameters.isEmpty || !shares {
        parameters = [
          graph.addParameter(Parameter(name + ".w", [9, 9], weights)),
          graph.addParameter(Parameter(name + ".b", [9], biases)),
        ]
      }
      let sum = try graph.add(
        .dense(Dense(outputs: 9)), name: name, inputs: [from], parameters: parameters)
      return try graph.add(.pointwise(Pointwise(.relu)), name: name + ".relu", inputs: [sum])
    }
    let first = try step("first", input)
    let again = shares ? first : try step("again", input)
    let second = try step("second", first)
    let third = try step("third", second)
    let part = try graph.add(.arithmetic(Arithmetic(.add)), name: "part", inputs: [again, second])
    graph.markOutput(
      try graph.add(.arithmetic(Arithmetic(.add)), name: "sum", inputs: [part, third]))
    return NetworkModel(graph, space: .unit(channels: 1))
  }
}

/// One function of nine inputs as several networks.
enum DenseForm: CaseIterable {
  /// Dense, ReLU, dense.
  case plain

  /// Hidden units three times as large, and read a third as much.
  case scaled

  /// Every hidden unit twice, read half as much.
  case doubled

  /// Each input as the difference of its positive and its negative part first.
  case signed

  /// The input whose weights are zero.
  static let unread = 4

  /// Two inputs with equal weights.
  static let alike = (2, 7)

  func model() throws -> NetworkModel {
    var random = CounterRandom(seed: 31)
    var hidden = (0..<8).map { _ in (0..<9).map { _ in random.normal() } }
    let biases = (0..<8).map { _ in 0.5 * random.normal() }
    let outputs = (0..<3).map { _ in (0..<8).map { _ in random.normal() } }
    for row in hidden.indices {
      hidden[row][Self.unread] = 0
      hidden[row][Self.alike.1] = hidden[row][Self.alike.0]
    }
    var graph = Graph()
    func dense(
      _ name: String, _ from: Graph.ValueID, _ weights: [[Float]], _ biases: [Float]
    ) throws -> Graph.ValueID {
      try graph.add(
        .dense(Dense(outputs: weights.count)), name: name, inputs: [from],
        parameters: [
          graph.addParameter(
            Parameter(name + ".w", [weights.count, weights[0].count], weights.flatMap { $0 })),
          graph.addParameter(Parameter(name + ".b", [weights.count], biases)),
        ])
    }
    func relu(_ name: String, _ from: Graph.ValueID) throws -> Graph.ValueID {
      try graph.add(.pointwise(Pointwise(.relu)), name: name, inputs: [from])
    }
    let none = Array(repeating: Float(0), count: 3)
    let input = try graph.addInput("image", [1, 3, 3])
    switch self {
    case .plain:
      let units = try relu("relu", try dense("hidden", input, hidden, biases))
      graph.markOutput(try dense("logits", units, outputs, none))
    case .scaled:
      let units = try relu(
        "relu", try dense("hidden", input, hidden.map { $0.map { 3 * $0 } }, biases.map { 3 * $0 }))
      graph.markOutput(try dense("logits", units, outputs.map { $0.map { $0 / 3 } }, none))
    case .doubled:
      let units = try relu("relu", try dense("hidden", input, hidden + hidden, biases + biases))
      graph.markOutput(
        try dense("logits", units, outputs.map { ($0 + $0).map { 0.5 * $0 } }, none))
    case .signed:
      // Shifted, so that no part is at its kink.
      let signs = (0..<18).map { row in
        (0..<9).map { $0 == row % 9 ? Float(row < 9 ? 1 : -1) : 0 }
      }
      let parts = try relu(
        "parts", try dense("signs", input, signs, (0..<18).map { $0 < 9 ? 2 : -2 }))
      let units = try relu(
        "relu",
        try dense(
          "hidden", parts, hidden.map { row in row + row.map { -$0 } },
          zip(hidden, biases).map { row, bias in bias - 2 * row.reduce(0, +) }))
      graph.markOutput(try dense("logits", units, outputs, none))
    }
    return NetworkModel(graph, space: .unit(channels: 1))
  }
}
