/// The last few rows of many, each at its number modulo the capacity, and their weighted sum.
struct RowRing {
  private var rows: [[Float]]
  private var end = 0
  private(set) var total: [Float]

  init(capacity: Int, length: Int) {
    rows = Array(repeating: Array(repeating: 0, count: length), count: max(capacity, 1))
    total = Array(repeating: 0, count: length)
  }

  /// The row that must come next before a target row can be summed; nil when all are there.
  mutating func next(for weights: ResamplingWeights, row: Int) -> Int? {
    // Rows that no target row needs are passed over.
    end = max(end, weights.starts[row])
    return end < weights.starts[row] + weights.offsets[row + 1] - weights.offsets[row] ? end : nil
  }

  mutating func append(_ fill: (inout MutableSpan<Float>) -> Void) {
    var span = rows[end % rows.count].mutableSpan
    fill(&span)
    end += 1
  }

  mutating func sum(by weights: ResamplingWeights, row: Int) {
    for index in total.indices { total[index] = 0 }
    let shares = weights.shares[weights.offsets[row]..<weights.offsets[row + 1]]
    for (tap, share) in shares.enumerated() {
      add(rows[(weights.starts[row] + tap) % rows.count], times: share, to: &total)
    }
  }
}

private func add(_ row: [Float], times share: Float, to sum: inout [Float]) {
  var sum = sum.mutableSpan
  let row = row.span.extracting(0..<sum.count)
  for index in 0..<sum.count { sum[index] += row[index] * share }
}
