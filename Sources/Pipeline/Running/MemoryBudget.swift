import Synchronization
import Tensors

/// Memory that threads share: each says how much it is about to use, and waits until so much is free.
final class MemoryBudget: Sendable {
  private let bytes: Int
  private let free: Mutex<Int>
  private let waiting = SleepingPlace()

  init(bytes: Int) {
    precondition(bytes > 0, "a budget of \(bytes) bytes")
    self.bytes = bytes
    free = Mutex(bytes)
  }

  /// Takes so much, when it is free; says how much has to be given back. Whoever wants more than
  /// there is gets everything.
  func take(_ wanted: Int) -> Int {
    let share = min(max(0, wanted), bytes)
    waiting.sleep {
      free.withLock { free in
        guard share <= free else { return false }
        free -= share
        return true
      }
    }
    return share
  }

  func giveBack(_ share: Int) {
    free.withLock { $0 += share }
    waiting.wakeAll()
  }
}
