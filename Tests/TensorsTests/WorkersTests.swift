import Synchronization
import Testing

@testable import Tensors

@Suite struct WorkersTests {
  @Test("Every piece is done exactly once", arguments: [1, 2, 3, 8])
  func everyPieceOnce(count: Int) {
    let workers = Workers(count: count)
    for pieces in [0, 1, 2, 7, 1000] {
      let done = (0..<pieces).map { _ in Counter() }
      workers.forEach(pieces) { _, piece in done[piece].add(1) }
      #expect(done.allSatisfy { $0.total == 1 })
    }
  }

  @Test("No two pieces run at once under the same worker's number")
  func workersAreExclusive() {
    let workers = Workers(count: 4)
    // A bit for each worker.
    let busy = Atomic<Int>(0)
    let clashes = Atomic<Int>(0)
    for _ in 0..<200 {
      workers.forEach(64) { worker, _ in
        let own = 1 << worker
        let before = busy.bitwiseOr(own, ordering: .acquiringAndReleasing).oldValue
        if before & own != 0 { clashes.add(1, ordering: .relaxed) }
        busy.bitwiseAnd(~own, ordering: .acquiringAndReleasing)
      }
    }
    #expect(clashes.load(ordering: .relaxed) == 0)
  }

  @Test("What was worked on is read in order, never twice at a time", arguments: [1, 2, 3, 8])
  func readsInOrder(count: Int) {
    let workers = Workers(count: count)
    for pieces in [0, 1, 2, 7, 1000] {
      let done = (0..<pieces).map { _ in Counter() }
      var order: [Int] = []
      workers.forEachInOrder(pieces) { _, piece in
        done[piece].add(1)
        return 2 * piece
      } read: { _, piece, made in
        #expect(done[piece].total == 1 && made == 2 * piece)
        order.append(piece)
      }
      #expect(order == Array(0..<pieces))
    }
  }

  @Test("Threads that fell asleep wake up for the next job")
  func wakesAfterSleep() async throws {
    let workers = Workers(count: 2)
    for _ in 0..<5 {
      // Each piece waits for the other, so this ends only if two threads take part.
      let arrived = Atomic<Int>(0)
      workers.forEach(2) { _, _ in
        arrived.add(1, ordering: .acquiringAndReleasing)
        while arrived.load(ordering: .acquiring) < 2 {}
      }
      #expect(arrived.load(ordering: .acquiring) == 2)
      try await Task.sleep(for: .milliseconds(3))
    }
  }

  @Test("Calls from several threads take turns")
  func concurrentCallers() async {
    let workers = Workers(count: 2)
    let counter = Counter()
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<50 {
            workers.forEach(10) { _, piece in counter.add(piece) }
          }
        }
      }
    }
    #expect(counter.total == 4 * 50 * 45)
  }

  @Test("A call from inside a body traps instead of waiting for itself")
  func nestedCallTraps() async {
    await #expect(processExitsWith: .failure) {
      let workers = Workers(count: 2)
      workers.forEach(4) { _, _ in workers.forEach(4) { _, _ in } }
    }
  }
}

/// A number that several threads add to. The thread sanitizer sees atomics, and does not see into
/// Swift's Mutex.
private final class Counter: Sendable {
  private let value = Atomic(0)

  var total: Int { value.load(ordering: .acquiring) }

  func add(_ number: Int) { value.add(number, ordering: .acquiringAndReleasing) }
}
