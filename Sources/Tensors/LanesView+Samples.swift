extension LanesView {
  /// The elements of one sample, in order.
  public func sample(_ lane: Int) -> [Float] {
    precondition(0 <= lane && lane < laneCount, "lane \(lane) of \(laneCount)")
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      for i in 0..<count { unsafe buffer.initializeElement(at: i, to: pointer[i][lane]) }
      initialized = count
    }
  }
}

extension MutableLanesView {
  /// Puts the elements of one sample into its lane.
  public func setSample(_ lane: Int, to values: [Float]) {
    precondition(0 <= lane && lane < laneCount, "lane \(lane) of \(laneCount)")
    precondition(values.count == count, "\(values.count) values for \(count) elements")
    for i in 0..<count { unsafe pointer[i][lane] = values[i] }
  }
}
