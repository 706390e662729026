public import Networks
public import Tensors

/// A classifier from an ONNX file: the network, and what the file knows about it.
public struct ModelFile: Sendable {
  public let graph: Graph
  public let input: Graph.ValueID

  /// The output as the file declares it.
  public let output: Graph.ValueID

  /// The scores before a final softmax or sigmoid: what is explained. The output itself if there is
  /// none.
  public let logits: Graph.ValueID

  /// What the file applies to the logits.
  public let outputActivation: OutputActivation
  public var information: ModelInformation
  public var notes: [ModelNote]

  /// The shape of one sample, `[C, H, W]` for pictures.
  public var inputShape: Shape { graph[input].shape }

  /// How many classes there are.
  public var classCount: Int { graph[logits].shape.count }

  /// The class's label, or its number.
  public func label(_ index: Int) -> String {
    index < information.labels.count ? information.labels[index] : String(index)
  }

  /// Reads a file. `inputAxes` gives the axes of one sample, in the file's order, where the file
  /// leaves them open.
  public init(contentsOf path: String, inputAxes: [Int]? = nil) throws(ModelFileError) {
    try self.init(
      ModelBytes(mapping: path), folder: Adoption.folder(of: path), inputAxes: inputAxes)
  }

  /// Reads a model from memory. Tensors in files of their own cannot be found then.
  public init(bytes: [UInt8], inputAxes: [Int]? = nil) throws(ModelFileError) {
    try self.init(ModelBytes(bytes), folder: nil, inputAxes: inputAxes)
  }

  private init(
    _ bytes: ModelBytes, folder: String?, inputAxes: [Int]?
  ) throws(ModelFileError) {
    let model: ONNX.Model
    do {
      model = try ONNX.Model(
        reading: WireReader(ByteSlice(bytes: bytes, range: 0..<bytes.count)))
    } catch {
      throw .malformed(error)
    }
    var reader = try GraphReader(model, folder: folder, fileSize: bytes.count)
    let result = try reader.read(inputAxes: inputAxes)
    do {
      (graph, input, output) = try result.builder.graph.pruned(
        input: result.input.value, output: result.output.value)
    } catch {
      throw .graph(error)
    }
    (logits, outputActivation) = graph.behindFinalActivation(output)
    notes = result.builder.notes
    if outputActivation != .none {
      notes.append(.finalActivationSteppedBehind(outputActivation, output: result.outputName))
    }
    information = try ModelInformation(
      metadata: model.metadata, classes: graph[logits].shape.count)
  }

  /// A model from a network of ours, whose only input and only output are the classifier's.
  public init(graph: Graph, information: ModelInformation) {
    precondition(
      graph.inputs.count == 1 && graph.outputs.count == 1,
      "\(graph.inputs.count) inputs, \(graph.outputs.count) outputs")
    self.graph = graph
    self.information = information
    input = graph.inputs[0]
    output = graph.outputs[0]
    (logits, outputActivation) = graph.behindFinalActivation(output)
    notes = []
  }
}

/// What stands between the logits and a model's output.
public enum OutputActivation: Hashable, Sendable {
  case none
  case softmax
  case logSoftmax
  case sigmoid
}
