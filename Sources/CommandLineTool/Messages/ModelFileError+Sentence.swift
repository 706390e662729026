import Imaging
import ModelFiles
import Networks

/// A model that cannot be used, with the file it was to be read from.
struct ModelProblem: DescribedError {
  let path: String
  let error: ModelFileError

  /// Calls `body`; its errors about a model are about the one at `path`.
  static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ModelFileError {
      throw ModelProblem(path: path, error: error)
    }
  }

  var sentence: String { error.sentence(about: path) }
}

extension ModelFileError: DescribedError {
  var sentence: String { sentence(about: "The model") }

  /// What is wrong with the file, and what to do.
  func sentence(about file: String) -> String {
    switch self {
    case .unreadable(let path, let code):
      ImageFileError(reading: path, systemError: code).sentence
    case .notAFile(let path):
      "\(path): this is not a file. Name an ONNX model."
    case .unwritable(let path, let code):
      ImageFileError(writing: path, systemError: code).sentence
    case .otherFileInTheWay(let path):
      "\(path): the model's weights belong here, but another file has the name. Move it away."
    case .malformed(let error):
      "\(file): not an ONNX file, or a damaged one: \(error.words). Export or copy it again."
    case .noGraph:
      "\(file): there is no network in this file. Name an ONNX model."
    case .unsupportedFormatVersion(let version):
      "\(file): its format version is \(version); understood are 3 and later. Export it with a "
        + "newer tool."
    case .unsupportedOperatorSet(let version, let supported):
      (version.map { "\(file): it uses operator set \($0); " }
        ?? "\(file): it does not say which operator set it uses; ")
        + "understood are \(supported.lowerBound) to \(supported.upperBound). Export it with one of "
        + "these."
    case .unsupportedOperators(let nodes):
      "\(file): operators that are not supported: "
        + nodes.map(\.words).joined(separator: ", ")
        + ". Export the network without them, from the picture to the scores only."
    case .noInput:
      "\(file): no input leads to the output. Export the network with its picture as input."
    case .severalInputs(let names):
      "\(file): it has \(names.count) inputs (\(names.joined(separator: ", "))), but a classifier "
        + "of pictures has one. Make the others constants before you export it."
    case .noOutput:
      "\(file): the network has no output. Export it with its scores as output."
    case .unusableInput(let name):
      "\(file): its input '\(name)' is no tensor of numbers. Export it with a float picture as input."
    case .openInput(let name, let declared):
      "\(file): its input '\(name)' has the axes \(Self.axes(declared)), which is no picture of any "
        + "size. Export it with fixed axes."
    case .otherInputSize(let name, let declared, let given):
      "\(file): its input '\(name)' has the axes \(Self.axes(declared)), which \(given) pixels do "
        + "not fit. Leave --size out or give the file's own."
    case .notOfAssumedSize(let size, let error):
      error.sentence(about: file) + " The file leaves the pictures' size open, and \(size) was "
        + "assumed: if that is wrong, say it with --size."
    case .inputTooLarge(let name, let axes):
      "\(file): its input '\(name)' has the axes \(Self.axes(axes)), which is too large. Export it "
        + "for smaller pictures."
    case .tooManyNodes(let limit):
      "\(file): the network has more than \(limit) nodes, which no classifier needs. Check where "
        + "the file comes from."
    case .duplicateName(let name):
      "\(file): the name '\(name)' stands for two values. Export it again."
    case .missingValue(let name, let node):
      "\(file): node \(node) reads '\(name)', which nothing makes. Export it again."
    case .cycle(let nodes):
      "\(file): these nodes wait for each other: \(nodes.joined(separator: ", ")). Export it again."
    case .functionsTooLarge(let limit):
      "\(file): its functions \(limit.words). Export it without functions."
    case .tensor(let name, let problem):
      "\(file): tensor '\(name)' cannot be used: \(problem.words). \(problem.remedy)"
    case .node(let name, let operation, let problem):
      "\(file): node \(name) (\(operation)) cannot be used: \(problem.words). \(problem.remedy)"
    case .constantOutput(let name):
      "\(file): the output '\(name)' does not depend on the picture. Export it with the scores as "
        + "first output."
    case .graph(.duplicateValue(name: let name)):
      "\(file): the name '\(name)' stands for two values. Export it again."
    case .graph(.shape(node: let node, let error)):
      "\(file): node \(node) cannot be used: \(error.words). Export it again."
    case .noRowOfScores(let output, let axes):
      "\(file): its output '\(output)' has the axes \(Self.axes(axes)) for each picture, as networks have "
        + "that segment or detect; only one score for each class can be explained. Export it with "
        + "such scores, as the mean over all places."
    case .badMetadata(let key, let value):
      "\(file): its metadata says \(key) = '\(value)', which cannot be. Write it anew with "
        + "`whylight adopt`."
    case .labelCount(let found, let classes):
      "\(file): it has \(found) labels for \(classes) classes. Give the right ones with --labels."
    }
  }

  private static func axes(_ axes: [Int?]) -> String {
    axes.map { $0.map(String.init) ?? "?" }.joined(separator: "x")
  }
}

extension FunctionLimit {
  /// What functions do that go beyond it.
  fileprivate var words: String {
    switch self {
    case .depth(let limit): "call each other more than \(limit) deep"
    case .calls(let limit): "are called more than \(limit) times"
    case .nodes(let limit): "unfold into more than \(limit) nodes"
    case .nameBytes(let limit): "unfold into names of more than \(limit >> 20) MiB"
    }
  }
}

extension UnsupportedNode {
  fileprivate var words: String {
    (domain.isEmpty ? operation : "\(domain).\(operation)") + " (node \(node))"
  }
}
