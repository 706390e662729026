import Synchronization

/// A picture to explain.
public struct ExplanationJob: Sendable {
  public let path: String

  /// Where its files go below the output folder, without method and ending.
  public let name: String

  public init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// The pictures of a run, given out in blocks: large ones at first, since sixteen pictures go
/// through a network side by side, and smaller ones towards the end, so that all threads finish
/// together.
final class JobQueue: Sendable {
  struct Block: Sendable {
    /// The number of the first job among all.
    let first: Int
    let jobs: ArraySlice<ExplanationJob>
  }

  private let jobs: [ExplanationJob]
  private let threads: Int
  private let next = Mutex(0)

  init(_ jobs: [ExplanationJob], threads: Int) {
    self.jobs = jobs
    self.threads = threads
  }

  /// The next block; nothing when all are given out.
  func take() -> Block? {
    next.withLock { next in
      guard next < jobs.count else { return nil }
      let rest = jobs.count - next
      let count = min(max(rest / (2 * threads), 1), 16, rest)
      defer { next += count }
      return Block(first: next, jobs: jobs[next..<next + count])
    }
  }
}
