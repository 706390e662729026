/// How a run ended, as the shell sees it.
public enum ExitCode: Sendable, Equatable {
  case done
  case couldNotRun
  case someFailed
  case wrongUsage
  /// By a signal, with everything tidied up; the process then ends by that same signal.
  case interrupted(signal: Int32)

  static let meanings = [
    (0, "All done."),
    (1, "Could not run."),
    (2, "Some images failed, all others are done."),
    (64, "Wrong usage."),
  ]
}
