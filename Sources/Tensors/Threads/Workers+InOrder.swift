import Synchronization

extension Workers {
  /// Calls `work` for each of `0..<pieces` on all threads, as ``forEach(_:_:)`` does, and with what it
  /// made `read`, piece by piece in order: no two at the same time, but on any thread.
  ///
  /// A thread goes on with its next piece as soon as its last one was read, so that it never waits
  /// until others have finished what they took later. Neither may use these workers again.
  public func forEachInOrder<Made>(
    _ pieces: Int, _ work: @Sendable (_ worker: Int, _ piece: Int) -> Made,
    read: (_ worker: Int, _ piece: Int, _ made: Made) -> Void
  ) {
    withoutActuallyEscaping(read) { read in
      // One thread at a time calls it, each after the one before.
      nonisolated(unsafe) let read = read
      let turns = Turns()
      forEach(pieces) { worker, piece in
        let made = work(worker, piece)
        turns.wait(for: piece)
        unsafe read(worker, piece, made)
        turns.pass()
      }
    }
  }
}

/// Whose turn it is.
private final class Turns: Sendable {
  private let next = Atomic<Int>(0)

  /// Pieces are taken in order and take about as long as each other, so that the turn is near.
  func wait(for turn: Int) {
    var looks = 0
    while next.load(ordering: .acquiring) != turn {
      looks += 1
      if looks > 1000 { Pause.yield() }
    }
  }

  func pass() { next.add(1, ordering: .releasing) }
}
