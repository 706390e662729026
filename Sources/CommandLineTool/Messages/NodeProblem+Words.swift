import ModelFiles

extension NodeProblem {
  /// What is wrong, as words after a colon. Inputs are counted from one.
  var words: String {
    switch self {
    case .wrongInputCount(let found, let expected):
      "it has \(found) inputs where \(expected.words) belong"
    case .wrongOutputCount(let found, let expected):
      "it has \(found) outputs where \(expected.words) belong"
    case .missingInput(let input): "its input \(input + 1) is missing"
    case .inputNotConstant(let input):
      "its input \(input + 1) depends on the image, but has to be known beforehand"
    case .inputNotInteger(let input): "its input \(input + 1) has to be whole numbers"
    case .wrongRank(let input, let found, let expected):
      "its input \(input + 1) has \(found) axes where \(expected.words) belong"
    case .axisOutOfRange(let axis, let rank): "there is no axis \(axis) among \(rank)"
    case .constantInputs: "it is not computed for inputs that are all constants"
    case .mixesBatch: "it mixes the images of a batch, which are explained one by one"
    case .lengthDependsOnBatch: "a length depends on how many images are in a batch"
    case .missingAttribute(let name): "its attribute \(name) is missing"
    case .wrongAttribute(let name, let value):
      "its attribute \(name) cannot be \(value)"
    case .unsupportedSetting(let name, let value): "\(name) = \(value) is not supported"
    case .unsupportedElementType(let type): "numbers of ONNX's type \(type) are not supported"
    case .shapesDoNotMatch(let first, let second):
      "\(first.axesWords) and \(second.axesWords) do not fit together"
    case .indexOutOfRange(let index, let length): "there is no place \(index) among \(length)"
    case .tooLarge(let axes): "a value of \(axes.axesWords) is too large"
    case .tensor(let problem): problem.words
    case .shape(let error): error.words
    case .divisionByZero: "it divides by zero"
    }
  }

  /// What to do.
  var remedy: String {
    switch self {
    case .wrongInputCount, .wrongOutputCount, .missingInput, .inputNotInteger, .wrongRank,
      .axisOutOfRange, .missingAttribute, .wrongAttribute, .shapesDoNotMatch, .indexOutOfRange,
      .divisionByZero, .shape:
      "Check the file with ONNX's checker, or export it again."
    case .inputNotConstant, .constantInputs, .unsupportedSetting, .unsupportedElementType:
      "Export the network without it."
    case .mixesBatch, .lengthDependsOnBatch:
      "Export it for a batch of one, or with an open batch axis."
    case .tooLarge: "Export it for smaller pictures."
    case .tensor(let problem): problem.remedy
    }
  }
}

extension TensorProblem {
  /// What is wrong, as words after a colon.
  var words: String {
    switch self {
    case .unsupportedElementType(let type): "numbers of ONNX's type \(type) are not supported"
    case .badAxes(let axes):
      "its axes make no sense: " + axes.map(String.init).joined(separator: ", ")
    case .wrongSize(let found, let expected): "it has \(found) bytes or numbers, not \(expected)"
    case .noFolder: "its numbers stand in another file, but it is not known where that is"
    case .outsideFolder(let location):
      "its numbers stand in '\(location)', which is outside the model's folder"
    case .unreadableExternalFile(let location, _):
      "its numbers stand in '\(location)', which cannot be read"
    case .badExternalRange(let location, let offset, let length, let available):
      "its numbers are '\(length)' bytes from '\(offset)' on of '\(location)', which has "
        + "\(available)"
    case .sparse: "sparse numbers are not supported"
    case .segmented: "numbers in segments are not supported"
    }
  }

  /// What to do.
  var remedy: String {
    switch self {
    case .unsupportedElementType: "Export it with 32-bit floats."
    case .badAxes, .wrongSize: "Export or copy it again."
    case .noFolder: "Read the model from its file."
    case .outsideFolder: "Put the file into the model's folder, and its name there into the model."
    case .unreadableExternalFile: "Copy that file beside the model."
    case .badExternalRange: "Copy that file again: it is not the one that belongs to the model."
    case .sparse, .segmented: "Export it with plain tensors."
    }
  }
}
