public import Attribution
public import Imaging

/// Why there is no answer for a picture, or no explanation.
public enum PictureProblem: Error, Equatable, Sendable {
  case notRead(ImageFileError)
  case notAnswered(path: String, UnusableAnswer)
  case notExplained(path: String, MethodError)

  /// What is drawn of it would be written over a file that no run drew.
  case notDrawn(path: String, over: String)

  /// The system refuses what is drawn of it, since something else has its place or the path is too
  /// long.
  case notWritten(path: String, file: String, systemError: Int32)
}

/// An answer with a logit that is no finite number: nothing can be said of the classes then, nor
/// explained.
public struct UnusableAnswer: Error, Equatable, Sendable {
  /// The first class with such a logit.
  public let label: String
  public let logit: Float

  public init(label: String, logit: Float) {
    self.label = label
    self.logit = logit
  }
}
