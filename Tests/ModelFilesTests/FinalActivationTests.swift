import ModelFiles
import Networks
import Tensors
import Testing

/// What a network ends in is recognised, however it is written.
@Suite struct FinalActivationTests {
  enum Ending: CaseIterable {
    case none, sigmoid, softmax, logSoftmax, logarithmOfSoftmax, quotient, behindViews
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
    let output: Graph.ValueID
    switch ending {
    case .none: output = logits
    case .sigmoid: output = try add(.pointwise(Pointwise(.sigmoid)), "end", [logits])
    case .softmax: output = try add(.softmax(Softmax(axis: 0)), "end", [logits])
    case .logSoftmax: output = try add(.softmax(Softmax(.logSoftmax, axis: 0)), "end", [logits])
    case .logarithmOfSoftmax:
      let softmax = try add(.softmax(Softmax(axis: 0)), "soft", [logits])
      output = try add(.pointwise(Pointwise(.logarithm)), "end", [softmax])
    case .quotient:
      let power = try add(.pointwise(Pointwise(.exponential)), "power", [logits])
      let sum = try add(.reduction(Reduction(.sum, axes: [0], keepsAxes: true)), "sum", [power])
      output = try add(.arithmetic(Arithmetic(.divide)), "end", [power, sum])
    case .behindViews:
      let softmax = try add(.softmax(Softmax(axis: 0)), "soft", [logits])
      let wide = try add(.reshape(Reshape(to: [1, 5, 1])), "wide", [softmax])
      let mean = try add(.reduction(Reduction(.mean, axes: [0, 2])), "mean", [wide])
      output = try add(.identity(Identity()), "end", [mean])
    }
    graph.markOutput(output)
    return (graph, logits)
  }

  @Test(arguments: Ending.allCases)
  func theLogitsAreFound(_ ending: Ending) throws {
    let (graph, logits) = try ended(ending)
    let model = ModelFile(graph: graph, information: ModelInformation())
    let expected: OutputActivation =
      switch ending {
      case .none: .none
      case .sigmoid: .sigmoid
      case .softmax, .quotient, .behindViews: .softmax
      case .logSoftmax, .logarithmOfSoftmax: .logSoftmax
      }
    #expect(model.outputActivation == expected)
    #expect(model.logits == logits)
    // The same of the file that is written.
    #expect(try ModelFile(bytes: model.onnxBytes).outputActivation == expected)
  }
}
