import Pipeline
import Synchronization

/// What a run of `explain` tells the user while it goes on and at its end.
final class ExplainReport: Sendable {
  private let session: Session
  private let output: String
  private let printsJSON: Bool
  private let total: Int?
  private let alreadyDone: Int
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var progress: ProgressLine
    var done = 0
    var failed = 0
    var flat = 0
  }

  /// - Parameters:
  ///   - total: how many pictures there are to do, if that is known.
  ///   - alreadyDone: how many more an earlier run did.
  init(
    _ session: Session, total: Int?, output: String, printsJSON: Bool, alreadyDone: Int = 0
  ) {
    self.total = total
    self.alreadyDone = alreadyDone
    self.session = session
    self.output = output
    self.printsJSON = printsJSON
    state = Mutex(State(progress: ProgressLine(total: total ?? 0, session: session)))
  }

  /// Counts and shows a picture's record.
  func add(_ record: ExplanationRecord) {
    state.withLock { state in
      if printsJSON || !session.isQuiet { state.progress.clear() }
      switch record.outcome {
      case .explained(let explained):
        state.done += 1
        state.flat += explained.maps.count { $0.isFlat }
        if !printsJSON {
          session.result(ExplainMessages.line(explained, path: record.path))
        }
      case .failed(let reason):
        state.failed += 1
        state.progress.clear()
        session.report(reason)
      }
      if printsJSON { session.console.print(record.json + "\n") }
      state.progress.advance(record.path)
    }
  }

  /// The summary, and how the run ended.
  ///
  /// - Parameter page: the page that shows it all, if there is one.
  func finish(page: String?) -> ExitCode {
    state.withLock { state in
      state.progress.clear()
      if let signal = session.interruption {
        session.note(ExplainMessages.interrupted(isFilter: total == nil))
        return .interrupted(signal: signal)
      }
      session.note(
        total == nil && state.done + state.failed == 0
          ? ExplainMessages.noPaths
          : ExplainMessages.summary(
            done: state.done, before: alreadyDone, failed: state.failed, flat: state.flat,
            output: page ?? output))
      return state.failed > 0 ? .someFailed : .done
    }
  }
}
