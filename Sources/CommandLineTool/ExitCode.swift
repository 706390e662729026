/// How a run ended, as the shell sees it.
public enum ExitCode: Sendable, Equatable {
  case done
  case couldNotRun
  case someFailed
  case wrongUsage
  /// By a signal, with everything tidied up; the process then ends by that same signal.
  case interrupted(signal: Int32)

  static let meanings = [
    ("0", "All done."),
    ("1", "Could not run."),
    ("2", "Some images failed, all others are done."),
    ("64", "Wrong usage."),
    (
      "128+N",
      "Ended by signal N, with no half file left: 130 by Ctrl-C (SIGINT), 143 by SIGTERM, 129 when the "
        + "terminal was closed (SIGHUP), 141 when nobody read the output any more (SIGPIPE)."
    ),
  ]
}
