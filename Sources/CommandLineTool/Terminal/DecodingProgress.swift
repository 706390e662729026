/// Counts up on standard error while several threads decode pictures.
final class DecodingProgress: Sendable {
  private let line: MovingLine
  private let start = ContinuousClock.now

  init(session: Session) { line = MovingLine(session) }

  /// Shows how far it is, unless it has only just begun.
  func show(done: Int, of total: Int) {
    let elapsed = ContinuousClock.now - start
    guard elapsed >= .milliseconds(100) else { return }
    line.show {
      ProgressLine.text(done: done, total: total, elapsed: elapsed, name: "decoding pictures")
    }
  }

  /// Makes room for a line of text.
  func clear() { line.clear() }
}
