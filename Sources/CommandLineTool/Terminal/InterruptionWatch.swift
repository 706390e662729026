import Dispatch
import Glibc
import Pipeline
import Synchronization

/// Sees to it that a run ends soon after it was asked to.
///
/// A run looks for the wish between two pictures, but one picture may take minutes. Then nothing more
/// is begun to be written, and the process ends by the signal as if the run had come to its end.
final class InterruptionWatch: Sendable {
  private let hasEnded = Atomic(false)

  /// How long a run may take to end by itself.
  private static let patience: Duration = .milliseconds(600)

  /// - Parameter message: what is said at the end.
  init(_ session: Session, _ output: OutputFolder, _ message: String) {
    DispatchQueue(label: "whylight.interruption").async {
      while !self.hasEnded.load(ordering: .acquiring) {
        usleep(50_000)
        guard let signal = session.interruption else { continue }
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
          if self.hasEnded.load(ordering: .acquiring) { return }
          usleep(10_000)
        }
        output.close()
        session.note(message)
        ExitCode.interrupted(signal: signal).exit()
      }
    }
  }

  /// The run is over.
  func end() { hasEnded.store(true, ordering: .releasing) }
}
