import Glibc
import Synchronization

/// The wish of the user, or of a closed pipe, that the run should stop.
///
/// The first Ctrl-C only sets a mark that commands look at between two images, so that what was
/// begun is finished and no half file stays; a second one ends the program at once.
public enum Interruption {
  /// The signal that came, 0 if none did.
  private static let signal = Atomic<Int32>(0)

  /// The signal that asks the run to stop, if there was one.
  public static var received: Int32? {
    let value = signal.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// Begins to listen for Ctrl-C and for the request to end; writing into a closed pipe becomes an
  /// error of `write` instead of the program's end.
  public static func listen() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { @Sendable number in
        Interruption.raise(number)
      }
      // The handler serves once: the second signal finds the default action.
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
      unsafe sigaction(number, &action, nil)
    }
    Glibc.signal(SIGPIPE, SIG_IGN)
  }

  /// Marks the run as interrupted. Safe in a signal handler.
  static func raise(_ number: Int32) {
    signal.store(number, ordering: .relaxed)
  }
}

extension ExitCode {
  /// Ends the process: with the code, or by the signal that interrupted it, so that the shell (and a
  /// loop around the call) sees what happened.
  public func exit() -> Never {
    switch self {
    case .done: Glibc.exit(0)
    case .couldNotRun: Glibc.exit(1)
    case .someFailed: Glibc.exit(2)
    case .wrongUsage: Glibc.exit(64)
    case .interrupted(let number):
      Glibc.signal(number, SIG_DFL)
      Glibc.raise(number)
      Glibc.exit(128 + number)
    }
  }
}
