import Attribution
import Networks
import Tensors
import TestSupport
import Testing

/// DeepLIFT's RevealCancel against the paper's formulas, written out in double precision.
@Suite struct RevealCancelTests {
  private static func maps(
    _ subjects: [Subject], _ model: NetworkModel, _ settings: String = ""
  ) throws -> [Attribution] {
    try MethodSpecification("deeplift:rule=reveal-cancel" + settings)
      .attribute(subjects, on: NetworkSession(model), seed: 0)
  }

  /// `min(x₀, x₁) = x₀ − relu(x₀ − x₁)`: Rescale gives all of it to one of the two, RevealCancel half
  /// to each (section 3.5.3 of the paper).
  @Test(arguments: [([3, 5], [1.5, 1.5]), ([4, 1], [0.5, 0.5])])
  func aMinimumBelongsToBoth(_ input: [Float], _ expected: [Double]) throws {
    var graph = Graph()
    let x = try graph.addInput("x", [1, 1, 2])
    func dense(_ name: String, _ from: Graph.ValueID, _ weights: [[Float]]) throws -> Graph.ValueID
    {
      let parameter = graph.addParameter(
        Parameter(name, [weights.count, weights[0].count], weights.flatMap { $0 }))
      return try graph.add(
        .dense(Dense(outputs: weights.count)), name: name, inputs: [from], parameters: [parameter])
    }
    let difference = try dense("difference", x, [[1, -1]])
    let rest = try graph.add(.pointwise(Pointwise(.relu)), name: "rest", inputs: [difference])
    let first = try dense("first", x, [[1, 0]])
    graph.markOutput(
      try graph.add(
        .arithmetic(Arithmetic(.subtract)), name: "minimum", inputs: [first, rest]))
    let model = NetworkModel(graph, space: .unit(channels: 1))
    let map = try Self.maps([Subject(values: input, target: .logit(0))], model)[0]
    expectClose(map.values, expected)
  }

  @Test func threeDenseLayersFollowTheFormulas() throws {
    let network = PlainDenseNetwork()
    let subjects = (0..<5).map { number in
      Subject(
        values: (0..<6).map { place in Float((number * 7 + place * 5) % 11) / 10 },
        target: .logit(number % 3))
    }
    for (map, subject) in zip(try Self.maps(subjects, try network.model()), subjects) {
      guard case .logit(let index) = subject.target else { continue }
      expectClose(
        map.values, network.revealCancel(subject.values.map(Double.init), output: index),
        relative: 1e-5)
    }
  }

  @Test(arguments: TestNetwork.allCases)
  func mapsAddUpToTheDifferenceOfTheScores(_ network: TestNetwork) throws {
    for map in try Self.maps(TestNetwork.subjects(18), network.model, ":baseline=black+white") {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    }
  }

  @Test(arguments: 0..<3) func trainedNetworksAddUp(_ number: Int) throws {
    let fixture = try GradientFixture.loaded.get()
    let network = fixture.networks[number]
    for map in try Self.maps(fixture.subjects(network), network.model) {
      let expected = try #require(map.record.expected)
      #expect(abs(map.sum - expected) < 1e-4 * max(1, abs(expected)))
    }
  }

  /// Parts are carried on by layers as many as a file can have, and by two ways from each to the next.
  @Test func whatIsCarriedFarIsSplitAsWhatItWas() throws {
    func map(_ carriers: (inout Graph, Graph.ValueID) throws -> Graph.ValueID) throws -> [Float] {
      var graph = Graph()
      let x = try graph.addInput("x", [1, 1, 2])
      let weights = graph.addParameter(Parameter("w", [2, 2], [1, -1, 0.5, -2]))
      let sums = try graph.add(
        .dense(Dense(outputs: 2)), name: "sums", inputs: [x], parameters: [weights])
      let carried = try carriers(&graph, sums)
      graph.markOutput(
        try graph.add(.pointwise(Pointwise(.relu)), name: "relu", inputs: [carried]))
      let model = NetworkModel(graph, space: .unit(channels: 1))
      return try Self.maps([Subject(values: [3, 2], target: .logit(0))], model)[0].values
    }
    let plain = try map { $1 }
    let deep = try map { graph, start in
      try (0..<20_000).reduce(start) { value, step in
        try graph.add(.identity(Identity()), name: "same\(step)", inputs: [value])
      }
    }
    #expect(deep == plain)
    let doubled = try map { graph, start in
      try (0..<40).reduce(start) { value, step in
        let twice = try graph.add(
          .concatenation(Concatenation(axis: 0)), name: "twice\(step)", inputs: [value, value])
        return try graph.add(
          .slice(Slice([Slice.Cut(axis: 0, from: 1, to: 3)])), name: "once\(step)",
          inputs: [twice])
      }
    }
    #expect(doubled == plain)
  }

  @Test func captumHasNoSuchRule() {
    #expect(throws: MethodError.self) {
      try MethodSpecification("deeplift:rule=reveal-cancel:profile=captum")
    }
  }
}

/// Six numbers, two hidden layers of five ReLUs, three outputs.
private struct PlainDenseNetwork {
  private let weights: [[[Double]]]
  private let biases: [[Double]]

  init() {
    var random = CounterRandom(seed: 21)
    let sizes = [6, 5, 5, 3]
    weights = zip(sizes, sizes.dropFirst()).map { inputs, outputs in
      (0..<outputs).map { _ in (0..<inputs).map { _ in Double(random.normal()) } }
    }
    biases = sizes.dropFirst().map { outputs in
      (0..<outputs).map { _ in 0.3 * Double(random.normal()) }
    }
  }

  func model() throws -> NetworkModel {
    var graph = Graph()
    var value = try graph.addInput("x", [1, 1, 6])
    for layer in weights.indices {
      let rows = weights[layer]
      let parameters = [
        graph.addParameter(
          Parameter(
            "w\(layer)", [rows.count, rows[0].count], rows.flatMap { $0.map { Float($0) } })),
        graph.addParameter(
          Parameter("b\(layer)", [rows.count], biases[layer].map { Float($0) })),
      ]
      value = try graph.add(
        .dense(Dense(outputs: rows.count)), name: "dense\(layer)", inputs: [value],
        parameters: parameters)
      guard layer < 2 else { continue }
      value = try graph.add(.pointwise(Pointwise(.relu)), name: "relu\(layer)", inputs: [value])
    }
    graph.markOutput(value)
    return NetworkModel(graph, space: .unit(channels: 1))
  }

  /// Contributions of the inputs, compared with zeros.
  func revealCancel(_ x: [Double], output: Int) -> [Double] {
    // Values at the inputs of the layers here and there, and the parts of each sum's change.
    var (here, there) = ([x], [x.map { _ in 0.0 }])
    var sums: [(there: [Double], plus: [Double], minus: [Double])] = []
    for layer in weights.indices {
      let changes = zip(here[layer], there[layer]).map { $0 - $1 }
      let terms = weights[layer].map { row in zip(row, changes).map { $0 * $1 } }
      let start = zip(weights[layer], biases[layer]).map { row, bias in
        zip(row, there[layer]).reduce(bias) { $0 + $1.0 * $1.1 }
      }
      let plus = terms.map { $0.filter { $0 > 0 }.reduce(0, +) }
      let minus = terms.map { $0.filter { $0 < 0 }.reduce(0, +) }
      sums.append((start, plus, minus))
      there.append(start.map { max(0, $0) })
      here.append(start.indices.map { max(0, start[$0] + plus[$0] + minus[$0]) })
    }
    // The multipliers of the parts of the last sums' changes, then layer by layer back.
    var plus = sums[2].there.indices.map { $0 == output ? 1.0 : 0 }
    var minus = plus
    for layer in weights.indices.reversed() {
      let multipliers = here[layer].indices.map { i in
        let change = here[layer][i] - there[layer][i]
        return weights[layer].indices.reduce(0) { sum, j in
          let weight = weights[layer][j][i]
          let term = weight * change
          let multiplier = term > 0 ? plus[j] : term < 0 ? minus[j] : 0.5 * (plus[j] + minus[j])
          return sum + weight * multiplier
        }
      }
      guard layer > 0 else {
        return zip(multipliers, x).map { $0 * $1 }
      }
      let parts = sums[layer - 1]
      func relu(_ value: Double) -> Double { max(0, value) }
      plus = multipliers.indices.map { j in
        let (start, up, down) = (parts.there[j], parts.plus[j], parts.minus[j])
        let rise =
          0.5 * (relu(start + up) - relu(start) + relu(start + up + down) - relu(start + down))
        return up > 0 ? multipliers[j] * rise / up : 0
      }
      minus = multipliers.indices.map { j in
        let (start, up, down) = (parts.there[j], parts.plus[j], parts.minus[j])
        let fall =
          0.5 * (relu(start + down) - relu(start) + relu(start + up + down) - relu(start + up))
        return down < 0 ? multipliers[j] * fall / down : 0
      }
    }
    return []
  }
}
