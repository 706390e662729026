import Tensors
import Testing

@Suite struct LaneArenaTests {
  /// Two megabytes.
  private static let largePage = (2 << 20) / MemoryLayout<Vector>.stride

  @Test(arguments: [70, largePage / 2, 3 * largePage + 5])
  func whatIsExpectedLaterIsZeroAndLeavesTheRestAlone(_ count: Int) {
    let workers = Workers(count: 2)
    let arena = LaneArena(count: count, expected: 0)
    var used = 0
    for expected in [count / 3, count / 2, count / 4, count + 1] {
      arena.expect(expected, fetching: workers)
      #expect((used..<count).allSatisfy { arena.all[$0] == .zero })
      used = max(used, min(expected, count))
      arena.view(0..<used).fill(Vector(repeating: 7))
    }
    #expect((0..<count).allSatisfy { arena.all[$0] == Vector(repeating: 7) })
  }

  @Test func anArenaMayBeEmpty() {
    let arena = LaneArena(count: 0)
    arena.expect(5, fetching: Workers(count: 1))
    #expect(arena.all.count == 0)
  }
}
