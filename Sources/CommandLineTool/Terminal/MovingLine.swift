import Synchronization

/// A line on standard error that is written over and over, for people only: nothing is written unless
/// standard error is a terminal. Any thread may show it.
final class MovingLine: Sendable {
  private struct State {
    var lastShown: ContinuousClock.Instant?
    var isVisible = false
  }

  private let sink: any TextSink
  private let isShown: Bool
  private let state = Mutex(State())

  init(_ session: Session) {
    sink = session.console.messages
    isShown = sink.isTerminal && !session.isQuiet
  }

  /// Shows the text, at most ten times a second, as far as it fits; names of files in it must not
  /// steer the terminal.
  func show(_ text: () -> String) {
    guard isShown else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      if let lastShown = state.lastShown, now - lastShown < .milliseconds(100) { return }
      state = State(lastShown: now, isVisible: true)
      sink.write("\r\u{1B}[K" + text().printable.prefix((sink.columns ?? 80) - 1))
    }
  }

  /// Makes room for a line of text.
  func clear() {
    state.withLock { state in
      if state.isVisible { sink.write("\r\u{1B}[K") }
      state.isVisible = false
    }
  }
}
