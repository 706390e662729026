import Synchronization

extension Workers {
  /// The results of `body` for `0..<count`, in order. For work that takes much longer than a lock.
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    forEach(count) { _, index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
