public import Networks

/// Why a model file cannot be used. The sentence is made by whoever shows it.
public enum ModelFileError: Error, Equatable, Sendable {
  /// The file cannot be opened or mapped; `code` is the system's error number.
  case unreadable(path: String, code: Int32)
  case notAFile(path: String)
  case unwritable(path: String, code: Int32)

  /// Weights would have to be written where other bytes are.
  case otherFileInTheWay(path: String)

  /// The bytes are no ONNX messages.
  case malformed(WireError)

  /// Readable as messages, but without a graph: not a model.
  case noGraph
  case unsupportedFormatVersion(Int64)

  /// The standard operators' edition is missing or outside what is understood.
  case unsupportedOperatorSet(Int64?, supported: ClosedRange<Int64>)

  /// Every node that the output needs and that cannot be run.
  case unsupportedOperators([UnsupportedNode])
  case noInput
  case severalInputs([String])
  case noOutput

  /// The input's declared type is missing, no tensor of numbers, or has no usable shape.
  case unusableInput(name: String)

  /// The file leaves axes of one sample open, and these are no picture whose size could be given.
  case openInput(name: String, declared: [Int?])

  /// Another size was asked for than the file declares.
  case otherInputSize(name: String, declared: [Int?], given: InputSize)

  /// With the size that was assumed, because nobody said one, the network does not fit together.
  indirect case notOfAssumedSize(InputSize, ModelFileError)
  case inputTooLarge(name: String, axes: [Int])
  case duplicateName(String)

  /// More nodes than any classifier has.
  case tooManyNodes(limit: Int)

  /// A node reads a value that nothing makes.
  case missingValue(name: String, node: String)

  /// These nodes wait for each other.
  case cycle(nodes: [String])

  /// Functions call each other without end, or unfold into too much.
  case functionsTooLarge(FunctionLimit)
  case tensor(name: String, TensorProblem)
  case node(name: String, operation: String, NodeProblem)

  /// The output is known without looking at the input.
  case constantOutput(name: String)
  case graph(GraphError)

  /// More than one axis of the output is longer than one, as in a map of scores for every place:
  /// these are no scores of classes.
  case noRowOfScores(output: String, axes: [Int])

  /// Something the file says about labels or input preparation makes no sense.
  case badMetadata(key: String, value: String)
  case labelCount(found: Int, classes: Int)
}

/// What a file's functions may not exceed once they stand in place of their calls.
public enum FunctionLimit: Equatable, Sendable {
  /// How deep they call each other.
  case depth(Int)
  case calls(Int)
  case nodes(Int)

  /// The bytes of the names of their nodes and values.
  case nameBytes(Int)
}

/// A node whose operator is not among those that can be run.
public struct UnsupportedNode: Equatable, Sendable {
  public let node: String
  public let operation: String

  /// The operator's domain; empty for ONNX's own.
  public let domain: String
}

/// What is wrong with stored numbers.
public enum TensorProblem: Error, Equatable, Sendable {
  case unsupportedElementType(Int32)
  case badAxes([Int64])

  /// More or fewer bytes or elements than the axes ask for.
  case wrongSize(found: Int, expected: Int)

  /// The numbers stand in another file, but the model was not read from one.
  case noFolder

  /// The other file's name leads out of the model's folder.
  case outsideFolder(location: String)
  case unreadableExternalFile(location: String, code: Int32)
  case badExternalRange(location: String, offset: String, length: String, available: Int)
  case sparse
  case segmented
}

/// What is wrong with a node, or with what it asks of us.
public enum NodeProblem: Error, Equatable, Sendable {
  case wrongInputCount(found: Int, expected: ClosedRange<Int>)
  case wrongOutputCount(found: Int, expected: ClosedRange<Int>)
  case missingInput(Int)

  /// The input has to be known when the model is loaded, but depends on the image.
  case inputNotConstant(Int)

  /// The input has to be a whole number or a list of them.
  case inputNotInteger(Int)
  case wrongRank(input: Int, found: Int, expected: ClosedRange<Int>)
  case axisOutOfRange(axis: Int, rank: Int)

  /// All inputs are known at load time, which this operator is not computed for.
  case constantInputs

  /// The operator would mix the samples of a batch, which are explained one by one.
  case mixesBatch

  /// A length depends on the batch size where it must not.
  case lengthDependsOnBatch
  case missingAttribute(String)
  case wrongAttribute(name: String, value: String)

  /// The operator is known, but not with this setting.
  case unsupportedSetting(name: String, value: String)
  case unsupportedElementType(Int32)
  case shapesDoNotMatch([Int], [Int])
  case indexOutOfRange(index: Int, length: Int)

  /// A shape of so many elements is not computed.
  case tooLarge(axes: [Int])
  case tensor(TensorProblem)
  case shape(ShapeError)
  case divisionByZero
}
