import Networks
import Tensors

extension ShapeError {
  /// Why a layer cannot take its inputs, as words after a colon. Inputs are counted from one.
  var words: String {
    switch self {
    case .wrongInputCount(let found, let expected):
      "it has \(found) inputs where \(expected.words) belong"
    case .wrongParameterCount(let found, let expected):
      "it has \(found) weights where \(expected.words) belong"
    case .wrongRank(let input, let found, let expected):
      "its input \(input + 1) is \(found.words), but should have \(expected.words) axes without the "
        + "batch"
    case .wrongLength(let input, let axis, let found, let expected):
      "axis \(axis + 1) of its input \(input + 1), the batch not counted, is \(found) long, not "
        + "\(expected)"
    case .wrongParameterShape(let parameter, let found, let expected):
      "its weights \(parameter + 1) are \(found.words), not \(expected.words)"
    case .notBroadcastable(let first, let second):
      "\(first.words) and \(second.words) do not fit together"
    case .axisOutOfRange(let axis, let rank): "there is no axis \(axis) among \(rank)"
    case .windowTooLarge(let window, let available, let axis):
      "its window is \(window) long, but axis \(axis + 1), the batch not counted, has only "
        + "\(available)"
    case .elementCountChanged(let from, let to):
      "\(from.words) cannot become \(to.words)"
    case .impossible(let setting, let value): "its \(setting) cannot be \(value)"
    case .tooLarge(let axes): "a value of \(axes.axesWords) is too large"
    }
  }
}

extension Shape {
  fileprivate var words: String { axes.axesWords }
}

extension [Int] {
  /// `3x224x224`.
  var axesWords: String { isEmpty ? "one number" : map(String.init).joined(separator: "x") }
}

extension ClosedRange<Int> {
  /// `2`, `2 to 3` or `at least 2`.
  var words: String {
    if lowerBound == upperBound { return "\(lowerBound)" }
    return upperBound == .max ? "at least \(lowerBound)" : "\(lowerBound) to \(upperBound)"
  }
}
