import Attribution
import Synchronization
import Tensors

/// A session for each thread of a crew. Whoever works as number `worker` uses that one alone, which
/// is what makes sharing the list safe.
struct WorkerSessions: @unchecked Sendable {
  private let sessions: [NetworkSession]

  init(_ model: NetworkModel, _ workers: Workers) {
    sessions = (0..<workers.count).map { _ in NetworkSession(model) }
  }

  subscript(worker: Int) -> NetworkSession { sessions[worker] }
}

/// What each piece of a round did, written by the thread that did it.
final class Tally: Sendable {
  private let results: Mutex<[Result<Int, any Error>]>

  init(_ count: Int) { results = Mutex(Array(repeating: .success(0), count: count)) }

  subscript(index: Int) -> Result<Int, any Error> {
    get { results.withLock { $0[index] } }
    set { results.withLock { $0[index] = newValue } }
  }

  /// The sum of what succeeded.
  var sum: Int {
    results.withLock { $0.reduce(0) { $0 + ((try? $1.get()) ?? 0) } }
  }

  /// Throws the first failure.
  func rethrow() throws {
    for result in results.withLock({ $0 }) { _ = try result.get() }
  }
}
