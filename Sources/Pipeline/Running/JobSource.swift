import Synchronization

/// A picture to explain.
public struct ExplanationJob: Sendable, Hashable {
  public let path: String

  /// Where its files go below the output folder, without method and ending.
  public let name: String

  public init(path: String, name: String) {
    self.path = path
    self.name = name
  }
}

/// Some pictures that one thread works on together.
public struct JobBlock: Sendable {
  /// The number of the first job among all.
  let first: Int
  let jobs: [ExplanationJob]
}

/// Where a run's pictures come from. Threads take blocks from it until there is none.
public protocol JobSource: Sendable {
  /// How many there are, if that is known.
  var count: Int? { get }

  /// How many a thread may take at a time.
  var blockSize: BlockSize { get }

  /// The next block; waits if there will be more, nothing when all are given out.
  func take() -> JobBlock?
}

/// Pictures that are known beforehand, given out in blocks that get smaller towards the end, so that
/// all threads finish together.
public final class JobList: JobSource {
  private let jobs: [ExplanationJob]
  private let threads: Int
  public let blockSize: BlockSize
  private let next = Mutex(0)

  public init(_ jobs: [ExplanationJob], threads: Int, blockSize: BlockSize = BlockSize()) {
    self.jobs = jobs
    self.threads = threads
    self.blockSize = blockSize
  }

  public var count: Int? { jobs.count }

  public func take() -> JobBlock? {
    next.withLock { next in
      guard next < jobs.count else { return nil }
      let rest = jobs.count - next
      let count = min(max(rest / (2 * threads), 1), blockSize.value)
      defer { next += count }
      return JobBlock(first: next, jobs: Array(jobs[next..<next + count]))
    }
  }
}

/// Pictures whose paths come in one after the other, from a scheduler or a pipe: each is begun as
/// soon as it is there and a thread is free.
public final class JobStream: JobSource {
  private struct State {
    var next = 0
    var names = OutputNames([])
    var waiting: [String]
  }

  private let state: Mutex<State>
  public let blockSize = BlockSize()
  private let paths: @Sendable (_ most: Int) -> [String]

  /// - Parameters:
  ///   - first: paths that have come in already.
  ///   - paths: gives what has come in since, at least one path and at most so many; waits for it;
  ///     none at the end.
  public init(
    beginningWith first: [String], _ paths: @escaping @Sendable (_ most: Int) -> [String]
  ) {
    state = Mutex(State(waiting: first))
    self.paths = paths
  }

  public var count: Int? { nil }

  public func take() -> JobBlock? {
    state.withLock { state in
      let paths = state.waiting.isEmpty ? paths(blockSize.value) : state.waiting
      state.waiting = []
      guard !paths.isEmpty else { return nil }
      defer { state.next += paths.count }
      return JobBlock(
        first: state.next,
        jobs: paths.map { ExplanationJob(path: $0, name: state.names.add($0)) })
    }
  }
}
