import ModelFiles
import Networks
import Tensors
import Testing

/// What a network ends in is recognised, however it is written.
@Suite struct FinalActivationTests {
  enum Ending: CaseIterable {
    case none, sigmoid, softmax, logSoftmax, logarithmOfSoftmax, quotient, behindViews
    case normalizedSigmoid, quotientOfSigmoids, normalizedSoftmax, logarithmOfNormalizedSoftmax
    case logarithmOfSigmoid, normalizedLogSoftmax, logarithmTwice
  }

  private func ended(_ ending: Ending) throws -> (graph: Graph, logits: Graph.ValueID) {
    var graph = Graph()
    let x = try graph.addInput("x", [5])
    let logits = try graph.add(.pointwise(Pointwise(.tanh)), name: "logits", inputs: [x])
    func add(_ operation: Operation, _ name: String, _ inputs: [Graph.ValueID]) throws
      -> Graph.ValueID
    {
      try graph.add(operation, name: name, inputs: inputs)
    }
    func normalized(_ value: Graph.ValueID) throws -> Graph.ValueID {
      try add(.lpNormalization(LpNormalization(.l1, axis: 0)), "normalized", [value])
    }
    func logarithm(_ value: Graph.ValueID, _ name: String = "end") throws -> Graph.ValueID {
      try add(.pointwise(Pointwise(.logarithm)), name, [value])
    }
    func quotient(of function: PointwiseKind) throws -> Graph.ValueID {
      let part = try add(.pointwise(Pointwise(function)), "part", [logits])
      let sum = try add(.reduction(Reduction(.sum, axes: [0], keepsAxes: true)), "sum", [part])
      return try add(.arithmetic(Arithmetic(.divide)), "end", [part, sum])
    }
    func softmax(_ kind: Softmax.Kind = .softmax) throws -> Graph.ValueID {
      try add(.softmax(Softmax(kind, axis: 0)), "soft", [logits])
    }
    func sigmoid() throws -> Graph.ValueID {
      try add(.pointwise(Pointwise(.sigmoid)), "sigmoid", [logits])
    }
    let output: Graph.ValueID
    switch ending {
    case .none: output = logits
    case .sigmoid: output = try sigmoid()
    case .softmax: output = try softmax()
    case .logSoftmax: output = try softmax(.logSoftmax)
    case .logarithmOfSoftmax: output = try logarithm(try softmax())
    case .quotient: output = try quotient(of: .exponential)
    case .quotientOfSigmoids: output = try quotient(of: .sigmoid)
    case .normalizedSigmoid: output = try normalized(try sigmoid())
    case .normalizedSoftmax: output = try normalized(try softmax())
    case .logarithmOfNormalizedSoftmax: output = try logarithm(try normalized(try softmax()))
    case .logarithmOfSigmoid: output = try logarithm(try sigmoid())
    case .normalizedLogSoftmax: output = try normalized(try softmax(.logSoftmax))
    case .logarithmTwice: output = try logarithm(try logarithm(try softmax(), "first"))
    case .behindViews:
      let wide = try add(.reshape(Reshape(to: [1, 5, 1])), "wide", [try softmax()])
      let mean = try add(.reduction(Reduction(.mean, axes: [0, 2])), "mean", [wide])
      output = try add(.identity(Identity()), "end", [mean])
    }
    graph.markOutput(output)
    return (graph, logits)
  }

  @Test(
    arguments: [
      ([10], true), ([1], true), ([10, 1, 1], true), ([1, 1, 10], true), ([2, 2], false),
      ([4, 30, 30], false), ([1, 5, 2], false),
    ] as [([Int], Bool)])
  func oneScoreForEachClassMakesAClassifier(axes: [Int], isClassifier: Bool) throws {
    var graph = Graph()
    let input = try graph.addInput("x", Shape(axes))
    graph.markOutput(try graph.add(.pointwise(Pointwise(.tanh)), name: "scores", inputs: [input]))
    let model = ModelFile(graph: graph, information: ModelInformation())
    #expect(model.isClassifier == isClassifier)
    #expect(((try? model.requireClassifier()) != nil) == isClassifier)
  }

  @Test(arguments: Ending.allCases)
  func theLogitsAreFound(_ ending: Ending) throws {
    let (graph, logits) = try ended(ending)
    let model = ModelFile(graph: graph, information: ModelInformation())
    let expected: OutputActivation =
      switch ending {
      case .none, .logarithmOfSigmoid, .normalizedLogSoftmax, .logarithmTwice: .none
      case .sigmoid: .sigmoid
      case .softmax, .quotient, .behindViews, .normalizedSoftmax: .softmax
      case .logSoftmax, .logarithmOfSoftmax, .logarithmOfNormalizedSoftmax: .logSoftmax
      case .normalizedSigmoid, .quotientOfSigmoids: .normalizedSigmoid
      }
    #expect(model.outputActivation == expected)
    // What is not known is no activation: the output itself is explained.
    #expect(model.logits == (expected == .none ? graph.outputs[0] : logits))
    // The same of the file that is written.
    #expect(try ModelFile(bytes: model.onnxBytes).outputActivation == expected)
  }
}
