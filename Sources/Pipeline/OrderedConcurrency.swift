extension Array where Element: Sendable {
  /// Transforms the elements on several cores at once and hands the results over one at a time in
  /// the order of the elements, so that nothing depends on how many cores there were.
  ///
  /// At most `width` transformations run at once, and none begins that is more than `8 · width`
  /// elements ahead of the last result handed over, so one slow element does not pile up the
  /// results behind it.
  ///
  /// - Parameter consume: takes a result; returns false to begin nothing more. What was begun is
  ///   finished and still handed over.
  public func forEachInOrder<Result: Sendable>(
    width: Int, transform: @escaping @Sendable (Element) async -> Result,
    consume: (Element, Result) -> Bool
  ) async {
    precondition(width > 0, "\(width) transformations at once do nothing")
    await withTaskGroup(of: (index: Int, result: Result).self) { group in
      var waiting: [Int: Result] = [:]
      var next = startIndex
      var handedOver = startIndex
      var running = 0
      var goesOn = true
      while true {
        while goesOn && next < endIndex && running < width && next < handedOver + 8 * width {
          let (index, element) = (next, self[next])
          group.addTask { (index, await transform(element)) }
          next += 1
          running += 1
        }
        guard let finished = await group.next() else { return }
        running -= 1
        waiting[finished.index] = finished.result
        while let result = waiting.removeValue(forKey: handedOver) {
          if !consume(self[handedOver], result) { goesOn = false }
          handedOver += 1
        }
      }
    }
  }
}
