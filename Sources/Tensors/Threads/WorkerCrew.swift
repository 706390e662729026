import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the threads of ``Workers`` share: the job at hand, and how they sleep and wake.
///
/// The caller writes the job, opens `gate` and announces a new `round`. A thread that sees the new
/// round enters through the gate, takes pieces until none is left, and leaves. The caller works
/// too, then closes the gate and waits until everyone inside has left; a thread that wakes up too
/// late finds the gate closed and has not delayed anyone.
@safe
final class WorkerCrew: @unchecked Sendable {
  private struct Job {
    let pieces: Int
    let body: @Sendable (Int, Int) -> Void
  }

  /// Written by the caller while the gate is closed and nobody is inside.
  private var job: Job?

  private let nextPiece = Atomic<Int>(0)
  private let round = Atomic<Int>(0)

  /// How many threads are inside; with `closed` added if no more may enter.
  private let gate = Atomic<Int>(closed)
  private let isStopping = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let callerSleeps = Atomic<Bool>(false)

  private let callers = Mutex(())
  private let sleep = SleepingPlace()
  private let insideKey: pthread_key_t

  private static let closed = 1 << 32

  /// How long an idle thread spins before it sleeps.
  private static let spinNanoseconds: UInt64 = 50_000

  init() {
    var key = pthread_key_t()
    let status = unsafe pthread_key_create(&key, nil)
    precondition(status == 0, "no thread-local key (error \(status))")
    insideKey = key
  }

  deinit { pthread_key_delete(insideKey) }

  /// Whether the calling thread is running a piece of this crew's job.
  var isInsideBody: Bool { unsafe pthread_getspecific(insideKey) != nil }

  // MARK: The caller

  func run(pieces: Int, wakesOthers: Bool, _ body: @escaping @Sendable (Int, Int) -> Void) {
    callers.withLock { _ in
      let job = Job(pieces: pieces, body: body)
      nextPiece.store(0, ordering: .relaxed)
      guard wakesOthers && pieces > 1 else {
        takePieces(of: job, as: 0)
        return
      }
      self.job = job
      gate.store(0, ordering: .releasing)
      round.add(1, ordering: .sequentiallyConsistent)
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 { sleep.wakeAll() }

      takePieces(of: job, as: 0)

      gate.add(Self.closed, ordering: .sequentiallyConsistent)
      waitUntilAllLeft()
      self.job = nil
    }
  }

  private func waitUntilAllLeft() {
    let isEmpty = { self.gate.load(ordering: .sequentiallyConsistent) == Self.closed }
    guard !spin(until: isEmpty) else { return }
    callerSleeps.store(true, ordering: .sequentiallyConsistent)
    sleep.sleep(until: isEmpty)
    callerSleeps.store(false, ordering: .relaxed)
  }

  func stop() {
    isStopping.store(true, ordering: .releasing)
    round.add(1, ordering: .sequentiallyConsistent)
    sleep.wakeAll()
  }

  // MARK: The other threads

  func serve(as worker: Int) {
    var seen = 0
    while true {
      waitForRound(after: seen)
      seen = round.load(ordering: .acquiring)
      if isStopping.load(ordering: .acquiring) { return }
      guard enter() else { continue }
      if let job { takePieces(of: job, as: worker) }
      leave()
    }
  }

  private func waitForRound(after seen: Int) {
    let hasCome = { self.round.load(ordering: .sequentiallyConsistent) != seen }
    guard !spin(until: hasCome) else { return }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    sleep.sleep(until: hasCome)
    sleepers.subtract(1, ordering: .relaxed)
  }

  private func enter() -> Bool {
    var inside = gate.load(ordering: .relaxed)
    while inside < Self.closed {
      let (exchanged, original) = gate.compareExchange(
        expected: inside, desired: inside + 1, ordering: .acquiringAndReleasing)
      if exchanged { return true }
      inside = original
    }
    return false
  }

  private func leave() {
    let left = gate.subtract(1, ordering: .sequentiallyConsistent).newValue
    if left == Self.closed && callerSleeps.load(ordering: .sequentiallyConsistent) {
      sleep.wakeAll()
    }
  }

  // MARK: Both

  private func takePieces(of job: Job, as worker: Int) {
    unsafe pthread_setspecific(insideKey, UnsafeRawPointer(bitPattern: 1))
    while true {
      let piece = nextPiece.add(1, ordering: .relaxed).oldValue
      guard piece < job.pieces else { break }
      job.body(worker, piece)
    }
    pthread_setspecific(insideKey, nil)
  }

  /// Looks again and again for a while; whether it came.
  private func spin(until condition: () -> Bool) -> Bool {
    let start = clock()
    while !condition() {
      // Reading the clock doubles as the pause between two looks.
      if clock() &- start > Self.spinNanoseconds { return false }
    }
    return true
  }

  private func clock() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
