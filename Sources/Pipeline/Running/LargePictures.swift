import Attribution
import Imaging
import Synchronization
import Tensors

/// What the threads of a run share for pictures so large that memory has to be shared out: drawing one
/// takes far longer than computing, and as much memory as a small network.
///
/// They are computed one thread's after the other's, each time with all threads, so that what the
/// network needs is in memory once. It is given up before anything is drawn.
final class LargePictures: Sendable {
  private let session: Mutex<NetworkSession>
  private let budget: MemoryBudget

  /// What computing took at the most; unknown at first.
  private let computingBytes = Atomic(Int.max)

  /// Of each thread, for its part in computing and for the picture that it draws.
  private static let bytesOfThread = 256 << 20

  private let returnFreedMemory: @Sendable () -> Void

  init(
    _ network: NetworkModel, threads: Int, returnFreedMemory: @escaping @Sendable () -> Void
  ) {
    self.returnFreedMemory = returnFreedMemory
    session = Mutex(NetworkSession(network, workers: Workers(count: threads)))
    budget = MemoryBudget(bytes: threads * Self.bytesOfThread)
  }

  /// Computes, when it is this thread's turn and there is memory for it.
  func compute<Result: Sendable>(
    _ body: (NetworkSession) throws -> Result
  ) rethrows -> Result {
    try session.withLock { session in
      let known = computingBytes.load(ordering: .relaxed)
      let share = budget.take(known)
      defer {
        let own = session.workingBytes
        computingBytes.store(known == .max ? own : max(known, own), ordering: .relaxed)
        session.releaseMemory()
        returnFreedMemory()
        budget.giveBack(share)
      }
      returnFreedMemory()
      return try body(session)
    }
  }

  /// Decodes and draws a picture, when there is memory for it.
  func draw<Result>(bytes: Int, _ body: () throws -> Result) rethrows -> Result {
    let share = budget.take(bytes)
    defer { budget.giveBack(share) }
    return try body()
  }
}

extension PreparedPicture {
  var sourcePixels: Int { placement.sourceWidth * placement.sourceHeight }

  /// What drawing it takes: its three bytes a pixel, and about as many for the file that is being made
  /// and its copy, one file at a time; no file is drawn as a whole (``DrawnRows``), whatever it shows
  /// and however much it is enlarged. A progressive JPEG's coefficients, before these, are up to six.
  func drawingBytes(isProgressive: Bool) -> Int { sourcePixels * (isProgressive ? 9 : 6) }

  /// Whether drawing it takes far longer than computing.
  var isLarge: Bool { sourcePixels > 8_000_000 }
}
