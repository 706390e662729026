import Pipeline

/// The pictures that a command line names.
enum PicturePaths {
  static let help =
    "PATH is a picture, a folder with all that it holds (links to folders elsewhere are followed), "
    + "a pattern that the shell left ('*.png'), or - for paths on standard input, one on each line or "
    + "each with a NUL byte behind it (find -print0). In folders, what whylight drew is passed over, "
    + "and so are folders that it made unless they are named."

  /// All of them, those on standard input as well, each once.
  ///
  /// - Parameter output: the folder that results go to, which are passed over.
  /// - Throws: ``DiscoveryError``, ``UnreadInput``: of a list that broke off nothing is done, since
  ///   the results of the rest might be removed.
  static func files(
    _ paths: [String], apartFrom output: String? = nil, in session: Session
  ) throws -> [DiscoveredFile] {
    let input = session.console.input
    let named = paths.flatMap { $0 == "-" ? allLines(input) : [$0] }
    if input.failure != nil { throw UnreadInput() }
    return try Discovery.inputs(named, apartFrom: output)
  }

  private static func allLines(_ source: any LineSource) -> [String] {
    var all: [String] = []
    while true {
      let some = source.take(1024)
      if some.isEmpty { return all }
      all += some
    }
  }
}

/// Standard input could not be read to its end, of which ``Tool`` tells the user.
struct UnreadInput: Error {}
