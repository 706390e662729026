/// A fixed crew of threads that share out numbered pieces of work, the caller among them.
///
/// ```
/// let workers = Workers(count: 2)
/// workers.forEach(groups.count) { worker, group in … }
/// ```
///
/// Pieces are handed out one at a time, so uneven ones balance. Which worker gets which piece is
/// not determined: results go into the place of the piece's number, and only scratch memory may
/// belong to a worker. Idle threads spin for some microseconds, since the next piece of a running
/// network is near, and then sleep.
///
/// One call runs at a time: calls from different threads wait for each other. A call from inside
/// another one's body traps: its pieces would wait for the threads that wait for it.
public final class Workers: Sendable {
  /// How many threads work, the caller's included.
  public let count: Int

  private let crew: WorkerCrew
  private let threads: [ThreadHandle]

  /// Starts `count - 1` threads; they end with this object.
  public init(count: Int) {
    precondition(count > 0, "\(count) workers")
    self.count = count
    let crew = WorkerCrew()
    self.crew = crew
    threads = (1..<count).map { worker in ThreadHandle { crew.serve(as: worker) } }
  }

  deinit {
    crew.stop()
    for thread in threads { thread.join() }
  }

  /// Calls `body(worker, piece)` once for every piece in `0..<pieces`, and returns when all are
  /// done. `worker` is in `0..<count` and no two running calls have the same.
  public func forEach(_ pieces: Int, _ body: @Sendable (_ worker: Int, _ piece: Int) -> Void) {
    precondition(!crew.isInsideBody, "Workers.forEach called from inside its own body")
    guard pieces > 0 else { return }
    withoutActuallyEscaping(body) { crew.run(pieces: pieces, wakesOthers: count > 1, $0) }
  }
}
