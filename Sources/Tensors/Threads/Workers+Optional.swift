/// Work that may be done on several threads or, without workers, on the caller's alone.
extension Optional where Wrapped == Workers {
  /// Calls `body` for `0..<count`, on all threads if there are any.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if let workers = self, count > 1 {
      workers.forEach(count) { _, piece in body(piece) }
    } else {
      for piece in 0..<count { body(piece) }
    }
  }

  /// The results of `body` for `0..<count`, in order; of several errors the first.
  public func map<Result: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    guard let workers = self, count > 1 else { return try (0..<count).map(body) }
    let results = workers.map(count) { index in
      Swift.Result { () throws(Failure) in try body(index) }
    }
    return try results.map { result throws(Failure) in try result.get() }
  }
}
