/// One line on standard error that counts up while pictures are worked on, if there are several.
struct ProgressLine: ~Copyable {
  private let line: MovingLine
  private let total: Int
  private let start = ContinuousClock.now
  private var done = 0

  init(total: Int, session: Session) {
    line = MovingLine(session)
    self.total = total
  }

  /// Counts one more, and shows it.
  mutating func advance(_ name: String) {
    done += 1
    guard total > 1 else { return }
    line.show {
      Self.text(done: done, total: total, elapsed: ContinuousClock.now - start, name: name)
    }
  }

  /// Makes room for a line of text.
  borrowing func clear() { line.clear() }

  static func text(done: Int, total: Int, elapsed: Duration, name: String) -> String {
    let seconds = elapsed / .seconds(1)
    let left = seconds / Double(done) * Double(total - done)
    let rate = decimals(Double(done) / seconds, 1)
    return "\(done) of \(total), \(rate) a second, about \(Int(left.rounded(.up))) s left: \(name)"
  }
}
