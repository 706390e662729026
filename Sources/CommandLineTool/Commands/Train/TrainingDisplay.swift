import Training

/// Shows a run: a line that moves on a terminal, a line for each epoch everywhere.
struct TrainingDisplay {
  private let session: Session
  private let printsJSON: Bool
  private let isMoving: Bool
  private var lastShown: ContinuousClock.Instant?

  init(session: Session, printsJSON: Bool) {
    self.session = session
    self.printsJSON = printsJSON
    isMoving = session.console.messages.isTerminal && !session.isQuiet
  }

  mutating func show(_ event: TrainingEvent) {
    switch event {
    case .epochBegan: break
    case .batchEnded(let progress): show(progress)
    case .epochEnded(let record):
      clear()
      session.result(printsJSON ? record.json : TrainMessages.epoch(record))
    }
  }

  /// Makes room for a line of text.
  mutating func clear() {
    if isMoving && lastShown != nil { session.console.messages.write("\r\u{1B}[K") }
    lastShown = nil
  }

  /// At most ten times a second.
  private mutating func show(_ progress: BatchProgress) {
    guard isMoving else { return }
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    let columns = session.console.messages.columns ?? 80
    let text = TrainMessages.progress(progress).prefix(columns - 1)
    session.console.messages.write("\r\u{1B}[K" + text)
  }
}
