import Glibc
import ModelFiles

extension ModelFileError: DescribedError {
  var sentence: String {
    switch self {
    case .unreadable(let path, let code):
      "\(path): cannot be read: \(systemWords(code))."
    case .notAFile(let path):
      "\(path): this is not a file. Name an ONNX model."
    case .unwritable(let path, let code):
      "\(path): cannot be written: \(systemWords(code))."
    case .otherFileInTheWay(let path):
      "\(path): the model's weights belong here, but another file has the name. Move it away."
    case .malformed(let error):
      "The model is not an ONNX file, or is damaged (\(error))."
    case .noGraph:
      "The model file holds no network."
    case .unsupportedFormatVersion(let version):
      "The model file has format version \(version), which is not understood."
    case .unsupportedOperatorSet(let version, let supported):
      "The model uses operator set \(version.map(String.init) ?? "of no version"); understood are "
        + "\(supported.lowerBound) to \(supported.upperBound). Export it with one of these."
    case .unsupportedOperators(let nodes):
      "The model uses operators that are not supported: "
        + nodes.map { "\($0.operation) (node \($0.node))" }.joined(separator: ", ") + "."
    case .noInput:
      "The model has no input."
    case .severalInputs(let names):
      "The model has several inputs (\(names.joined(separator: ", "))); an image classifier has one."
    case .noOutput:
      "The model has no output."
    case .unusableInput(let name):
      "The model's input '\(name)' is not a tensor of numbers with a known shape."
    case .inputShape(let name, let declared, let given):
      "The model's input '\(name)' has the axes \(declared.map { $0.map(String.init) ?? "?" })"
        + (given.map { ", not \($0)." } ?? ", which leaves its size open.")
    case .inputTooLarge(let name, let axes):
      "The model's input '\(name)' has the axes \(axes), which is more than fits."
    case .tooManyNodes(let limit):
      "The model has more than \(limit) nodes."
    case .duplicateName(let name):
      "The model uses the name '\(name)' twice."
    case .missingValue(let name, let node):
      "The model's node \(node) reads '\(name)', which nothing makes."
    case .cycle(let nodes):
      "The model's nodes \(nodes.joined(separator: ", ")) wait for each other."
    case .functionsTooLarge(let limit):
      "The model's functions unfold into more than \(limit) nodes."
    case .tensor(let name, let problem):
      "The model's tensor '\(name)' cannot be used: \(problem.words)."
    case .node(let name, let operation, let problem):
      "The model's node \(name) (\(operation)) cannot be used: \(problem.words)."
    case .constantOutput(let name):
      "The model's output '\(name)' does not depend on its input."
    case .graph(let error):
      "The model's network does not fit together (\(error))."
    case .badMetadata(let key, let value):
      "The model file says \(key) = '\(value)', which makes no sense."
    case .labelCount(let found, let classes):
      "The model file has \(found) labels for \(classes) classes."
    }
  }

  private func systemWords(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
