/// One, two or four rows of floats, interleaved so that every pixel column is a vector of four: the
/// channels of each row's pixel, row after row (three channels leave the fourth lane idle).
struct RowBundle {
  let channels: Int
  var lines: [SIMD4<Float>]

  init(width: Int, channels: Int) {
    self.channels = channels
    lines = Array(repeating: .zero, count: width)
  }

  var rowCount: Int { channels > 2 ? 1 : 4 / channels }

  mutating func pack(_ row: Span<Float>, member: Int) {
    let channels = self.channels
    let first = member * channels
    var lines = lines.mutableSpan
    let row = row.extracting(0..<lines.count * channels)
    for column in 0..<lines.count {
      for channel in 0..<channels {
        lines[column][first + channel] = row[column * channels + channel]
      }
    }
  }

  func unpack(into row: inout MutableSpan<Float>, member: Int) {
    let first = member * channels
    let lines = lines.span
    for column in 0..<lines.count {
      for channel in 0..<channels {
        row[column * channels + channel] = lines[column][first + channel]
      }
    }
  }

  mutating func cut(to limits: ClosedRange<Float>) {
    let lowest = SIMD4<Float>(repeating: limits.lowerBound)
    let highest = SIMD4<Float>(repeating: limits.upperBound)
    var lines = lines.mutableSpan
    for column in 0..<lines.count { lines[column].clamp(lowerBound: lowest, upperBound: highest) }
  }

  func filter(by weights: ResamplingWeights, into target: inout RowBundle) {
    let source = lines.span
    let starts = weights.starts.span
    let offsets = weights.offsets.span
    let allShares = weights.shares.span
    var target = target.lines.mutableSpan
    for column in 0..<target.count {
      let shares = allShares.extracting(offsets[column]..<offsets[column + 1])
      let run = source.extracting(starts[column]..<starts[column] + shares.count)
      var sum = SIMD4<Float>.zero
      for tap in 0..<shares.count { sum += run[tap] * shares[tap] }
      target[column] = sum
    }
  }
}
