/// One line on standard error that counts up, for people only: nothing is written unless standard
/// error is a terminal.
struct ProgressLine: ~Copyable {
  private let sink: any TextSink
  private let isShown: Bool
  private let total: Int
  private let start = ContinuousClock.now
  private var done = 0
  private var lastShown: ContinuousClock.Instant?

  init(total: Int, session: Session) {
    sink = session.console.messages
    isShown = sink.isTerminal && !session.isQuiet && total > 1
    self.total = total
  }

  /// Counts one more, and shows it at most ten times a second.
  mutating func advance(_ name: String) {
    done += 1
    guard isShown else { return }
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    let text = Self.text(done: done, total: total, elapsed: now - start, name: name)
    sink.write("\r\u{1B}[K" + text.prefix((sink.columns ?? 80) - 1))
  }

  /// Makes room for a line of text.
  borrowing func clear() {
    if isShown && lastShown != nil { sink.write("\r\u{1B}[K") }
  }

  static func text(done: Int, total: Int, elapsed: Duration, name: String) -> String {
    let seconds = elapsed / .seconds(1)
    let left = seconds / Double(done) * Double(total - done)
    let rate = decimals(Double(done) / seconds, 1)
    return "\(done) of \(total), \(rate) a second, about \(Int(left.rounded(.up))) s left: \(name)"
  }
}
