import Synchronization

/// Counts up on standard error while several threads decode pictures, for people only.
final class DecodingProgress: Sendable {
  private let sink: any TextSink
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  init(session: Session) {
    sink = session.console.messages
    isShown = sink.isTerminal && !session.isQuiet
  }

  /// Shows how far it is, at most ten times a second.
  func show(done: Int, of total: Int) {
    guard isShown else { return }
    lastShown.withLock { lastShown in
      let now = ContinuousClock.now
      if now - (lastShown ?? start) < .milliseconds(100) { return }
      lastShown = now
      let text = ProgressLine.text(
        done: done, total: total, elapsed: now - start, name: "decoding pictures")
      sink.write("\r\u{1B}[K" + text.prefix((sink.columns ?? 80) - 1))
    }
  }

  /// Makes room for a line of text.
  func clear() {
    lastShown.withLock { lastShown in
      if lastShown != nil { sink.write("\r\u{1B}[K") }
      lastShown = nil
    }
  }
}
