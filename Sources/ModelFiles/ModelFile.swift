public import Networks
import Paths
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

  /// Whether the network ends in one score for each class, not in rows and columns of them.
  public var isClassifier: Bool { graph[output].shape.axes.count { $0 > 1 } <= 1 }

  /// Refuses a network that is no classifier.
  public func requireClassifier() throws(ModelFileError) {
    guard !isClassifier else { return }
    throw .noRowOfScores(output: graph[output].name, axes: graph[output].shape.axes)
  }

  /// How the classes' probabilities follow from the logits: as in the file, and by a softmax where it
  /// ends in logits. A single logit says yes or no.
  public var probability: ClassProbability {
    if classCount == 1 { return .sigmoid }
    return switch outputActivation {
    case .none, .softmax, .logSoftmax: .softmax
    case .sigmoid: .sigmoid
    case .normalizedSigmoid: .normalizedSigmoid
    }
  }

  /// The class's label, or its number.
  public func label(_ index: Int) -> String {
    index < information.labels.count ? information.labels[index] : String(index)
  }

  /// Reads a file. `inputSize` says how large pictures are where the file leaves it open.
  public init(contentsOf path: String, inputSize: InputSize? = nil) throws(ModelFileError) {
    try self.init(
      ModelBytes(mapping: path), folder: path.folderPath, inputSize: inputSize)
  }

  /// Reads a model from memory. Tensors in files of their own cannot be found then.
  public init(bytes: [UInt8], inputSize: InputSize? = nil) throws(ModelFileError) {
    try self.init(ModelBytes(bytes), folder: nil, inputSize: inputSize)
  }

  /// Reads a model from memory that holds it as long as the process runs, where it stays: one that the
  /// program carries.
  @unsafe public init(
    resident bytes: UnsafeRawBufferPointer, inputSize: InputSize? = nil
  ) throws(ModelFileError) {
    try self.init(unsafe ModelBytes(resident: bytes), folder: nil, inputSize: inputSize)
  }

  private init(
    _ bytes: ModelBytes, folder: String?, inputSize: InputSize?
  ) throws(ModelFileError) {
    let model: ONNX.Model
    do {
      model = try ONNX.Model(
        reading: WireReader(ByteSlice(bytes: bytes, range: 0..<bytes.count)))
    } catch {
      throw .malformed(error)
    }
    var reader = try GraphReader(model, folder: folder, fileSize: bytes.count)
    let statedSize = try ModelInformation.inputSize(in: model.metadata)
    let result = try reader.read(inputSize: inputSize ?? statedSize)
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
      metadata: model.metadata, labels: result.labels, classes: graph[logits].shape.count)
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

  /// A sigmoid of each class, and then their shares of the sum.
  case normalizedSigmoid
}
