import Dispatch
import Glibc
import Imaging
import Synchronization

/// The wish of the user, or of a closed pipe, that the run should stop.
///
/// Most runs end at once. One that finishes what it began looks for the wish between two pictures or
/// steps, and has a moment to end by itself; after that, or at the second Ctrl-C, it ends all the
/// same. No half file stays.
public enum Interruption {
  /// The signal that came, 0 if none did.
  private static let signal = Atomic<Int32>(0)

  /// What is to be done before a run is cut short that would finish what it began.
  private static let lastWords = Mutex<(@Sendable () -> Void)?>(nil)

  /// The end of a pipe that signals are written to, since a handler may do hardly anything else.
  private static let writingEnd = Atomic<Int32>(-1)

  /// How long a run may take to end by itself, in milliseconds.
  private static let patience: Int32 = 600

  /// The signal that asks the run to stop, if there was one.
  public static var received: Int32? {
    let value = signal.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// Begins to listen for Ctrl-C and for the request to end; writing into a closed pipe becomes an
  /// error of `write` instead of the program's end. Who ignores that the terminal was closed
  /// (`nohup`) goes on ignoring it.
  public static func listen() {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return }
    writingEnd.store(ends[1], ordering: .relaxed)
    for number in [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP]) {
      Glibc.signal(number) { @Sendable in Interruption.raise($0) }
    }
    Glibc.signal(SIGPIPE, SIG_IGN)
    DispatchQueue(label: "whylight.interruption").async { [ends] in wait(ends[0]) }
  }

  /// Sees to it that the process ends soon after it was asked to.
  private static func wait(_ readingEnd: Int32) {
    var number: UInt8 = 0
    guard unsafe read(readingEnd, &number, 1) == 1 else { return }
    guard let words = lastWords.withLock({ $0 }) else { end(by: Int32(number)) }
    var second = pollfd(fd: readingEnd, events: Int16(POLLIN), revents: 0)
    unsafe poll(&second, 1, patience)
    words()
    end(by: Int32(number))
  }

  /// The run looks for the wish itself, and finishes what it began.
  static func giveTime(lastWords words: @escaping @Sendable () -> Void) {
    lastWords.withLock { $0 = words }
  }

  /// Nobody reads any more what the run prints.
  static func outputWasClosed() {
    if lastWords.withLock({ $0 == nil }) { end(by: SIGPIPE) }
    raise(SIGPIPE)
  }

  /// Safe in a signal handler.
  private static func raise(_ number: Int32) {
    signal.store(number, ordering: .relaxed)
    var byte = UInt8(truncatingIfNeeded: number)
    unsafe write(writingEnd.load(ordering: .relaxed), &byte, 1)
  }

  private static func end(by number: Int32) -> Never {
    AtomicFile.removeUnfinished { ExitCode.interrupted(signal: number).exit() }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    unsafe sigaction(number, nil, &action)
    // The constant is a macro of a pointer: unsafe to compare, and always 1.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
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
