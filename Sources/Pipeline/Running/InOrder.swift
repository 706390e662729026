import Synchronization

/// Hands over what threads finish in any order in the order of its numbers.
final class InOrder<Value: Sendable>: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: Value] = [:]
  }

  private let state = Mutex(State())
  private let consume: @Sendable (Value) -> Void

  init(_ consume: @escaping @Sendable (Value) -> Void) { self.consume = consume }

  /// Takes the value of a number; calls `consume` for it and those that waited for it, one at a
  /// time.
  func deliver(_ number: Int, _ value: Value) {
    state.withLock { state in
      state.waiting[number] = value
      while let value = state.waiting.removeValue(forKey: state.next) {
        consume(value)
        state.next += 1
      }
    }
  }
}
