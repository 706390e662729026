import Synchronization
import Tensors
import Testing

@testable import Pipeline

@Suite struct MemoryBudgetTests {
  /// What many threads hold at a time, counted.
  private final class Held: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func add(_ bytes: Int) {
      state.withLock { state in
        state.now += bytes
        state.most = max(state.most, state.now)
      }
    }
  }

  @Test func nobodyEverHoldsMoreThanThereIs() {
    let budget = MemoryBudget(bytes: 100)
    let held = Held()
    let finished = Atomic(0)
    Workers(count: 8).forEach(400) { _, piece in
      // From nothing to more than there is.
      let share = budget.take([0, 7, 40, 60, 100, .max][piece % 6])
      held.add(share)
      held.add(-share)
      budget.giveBack(share)
      finished.add(1, ordering: .relaxed)
    }
    #expect(finished.load(ordering: .relaxed) == 400)
    #expect(held.most <= 100 && held.most >= 60)
  }

  @Test func whatWasGivenBackCanBeTakenByOneAlone() {
    let budget = MemoryBudget(bytes: 100)
    for share in [budget.take(30), budget.take(70)] { budget.giveBack(share) }
    #expect(budget.take(1000) == 100)
  }
}
