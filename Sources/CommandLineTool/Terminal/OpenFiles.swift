import Glibc

/// How many files the process may have open at once.
public enum OpenFiles {
  /// What a run of two threads needs, and the language's runtime for itself: with fewer it ends by a
  /// signal before a file is opened.
  private static let fewest = 16

  /// Ends the program with a sentence if they are too few.
  public static func demandEnough(_ console: Console) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < fewest
    else { return }
    console.report(
      "Only \(limit.rlim_cur) files may be open at once, and \(fewest) are needed. Raise the limit "
        + "(`ulimit -n`).")
    ExitCode.couldNotRun.exit()
  }
}
