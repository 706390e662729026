import Synchronization

extension Workers {
  /// The results of `body` for `0..<count`, in order. For work that takes much longer than a lock.
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    map(count) { _, index in body(index) }
  }

  /// The same, with the number of the worker as in ``forEach(_:_:)``.
  public func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (_ worker: Int, _ index: Int) -> Result
  ) -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    forEach(count) { worker, index in
      let result = body(worker, index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
