import ModelFiles

extension NodeProblem {
  /// What is wrong, as words after a colon. Inputs are counted from one.
  var words: String {
    switch self {
    case .wrongInputCount(let found, let expected):
      "it has \(found) inputs where \(Self.range(expected)) belong"
    case .wrongOutputCount(let found, let expected):
      "it has \(found) outputs where \(Self.range(expected)) belong"
    case .missingInput(let input): "its input \(input + 1) is missing"
    case .inputNotConstant(let input):
      "its input \(input + 1) depends on the image, but has to be known beforehand"
    case .inputNotInteger(let input): "its input \(input + 1) has to be whole numbers"
    case .wrongRank(let input, let found, let expected):
      "its input \(input + 1) has \(found) axes where \(Self.range(expected)) belong"
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
      "\(Self.axes(first)) and \(Self.axes(second)) do not fit together"
    case .indexOutOfRange(let index, let length): "there is no place \(index) among \(length)"
    case .tooLarge(let axes): "a value of \(Self.axes(axes)) is too large"
    case .tensor(let problem): problem.words
    case .shape(let error): "its shapes do not fit (\(error))"
    case .divisionByZero: "it divides by zero"
    }
  }

  private static func range(_ range: ClosedRange<Int>) -> String {
    if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
    return range.upperBound == .max
      ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func axes(_ axes: [Int]) -> String {
    axes.map(String.init).joined(separator: "x")
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
    case .unreadableExternalFile(let location, _): "its numbers' file '\(location)' cannot be read"
    case .badExternalRange(let location, let offset, let length, let available):
      "its numbers are bytes \(offset) and on, \(length) of them, of '\(location)', which has "
        + "\(available)"
    case .sparse: "sparse numbers are not supported"
    case .segmented: "numbers in segments are not supported"
    }
  }
}
