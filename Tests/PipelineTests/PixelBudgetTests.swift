import Glibc
import Pipeline
import Synchronization
import Testing

@Suite struct PixelBudgetTests {
  /// How many pixels are worked on at once, and what there was.
  private final class Load: Sendable {
    struct State {
      var now = 0
      var most = 0
      var isEveryLargeOneAlone = true
    }

    let state = Mutex(State())

    func begin(_ pixels: Int) {
      state.withLock {
        if pixels > 100 && $0.now > 0 || $0.now > 100 { $0.isEveryLargeOneAlone = false }
        $0.now += pixels
        if pixels <= 100 { $0.most = max($0.most, $0.now) }
      }
    }

    func end(_ pixels: Int) { state.withLock { $0.now -= pixels } }
  }

  @Test func picturesTogetherStayBelowTheBoundAndALargerOneIsAlone() async {
    let budget = PixelBudget(100)
    let load = Load()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        let pixels = number % 50 == 7 ? 250 : 20 + number % 30
        group.addTask {
          await budget.work(on: pixels) {
            load.begin(pixels)
            usleep(50)
            load.end(pixels)
          }
        }
      }
    }
    let state = load.state.withLock { $0 }
    #expect(state.now == 0 && state.isEveryLargeOneAlone)
    #expect((20...100).contains(state.most))
  }

  @Test func whatFailsGivesItsRoomBack() async throws {
    struct Failure: Error {}
    let budget = PixelBudget(10)
    for _ in 0..<3 {
      await #expect(throws: Failure.self) {
        try await budget.work(on: 10) { throw Failure() }
      }
    }
    #expect(await budget.work(on: 10) { 1 } == 1)
  }
}
