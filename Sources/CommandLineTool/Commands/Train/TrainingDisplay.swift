import Training

/// Shows a run: a line that moves on a terminal, a line for each epoch everywhere.
struct TrainingDisplay {
  private let session: Session
  private let printsJSON: Bool
  private let line: MovingLine

  init(session: Session, printsJSON: Bool) {
    self.session = session
    self.printsJSON = printsJSON
    line = MovingLine(session)
  }

  func show(_ event: TrainingEvent) {
    switch event {
    case .epochBegan: break
    case .batchEnded(let progress): line.show { TrainMessages.progress(progress) }
    case .epochEnded(let record):
      clear()
      if printsJSON {
        session.result(json: record.json)
      } else {
        session.result(TrainMessages.epoch(record))
      }
    }
  }

  /// Makes room for a line of text.
  func clear() { line.clear() }
}
