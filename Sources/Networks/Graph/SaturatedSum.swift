extension Int {
  /// The sum, or the largest number where it would be larger still: what a file claims can add up
  /// to more than can be counted.
  func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
