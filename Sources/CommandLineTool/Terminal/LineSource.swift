/// Where lines come from.
public protocol LineSource: Sendable {
  /// What has come in, at most so many lines; waits for the first. None at the end.
  func take(_ most: Int) -> [String]

  /// What ended the lines before their end, if something did.
  var failure: LineFailure? { get }
}

/// Why lines ended before their end.
public enum LineFailure: Error, Hashable {
  /// Reading failed with one of the system's error numbers.
  case cannotRead(systemError: Int32)

  /// What came in is no list of paths: one would be longer than so many bytes.
  case endless(limit: Int)
}
