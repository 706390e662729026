/// Resizes rows of floats, first along the rows, then across them, keeping only as many rows as the
/// window across them is high.
///
/// Both steps compute four numbers at a time without shuffling. Along a row the four are the channels
/// of a pixel or, where a pixel has one or two channels, the same pixel of four or two rows
/// (`RowBundle`); across rows they are neighbours in the row.
struct RowResampler {
  let channels: Int
  let sourceWidth: Int
  let sourceHeight: Int
  let horizontal: ResamplingWeights
  let vertical: ResamplingWeights
  /// What the result of the first step is cut to. The cubic and Lanczos windows overshoot at sharp
  /// edges; kept for the second step, an overshoot of values that cannot exist would ring twice.
  let limits: ClosedRange<Float>

  init(
    channels: Int, width: Int, height: Int, region: PixelRegion, targetWidth: Int,
    targetHeight: Int, method: ResamplingMethod, limits: ClosedRange<Float>
  ) {
    self.channels = channels
    sourceWidth = width
    sourceHeight = height
    self.limits = limits
    horizontal = ResamplingWeights(
      method: method, source: width, region: region.columns, target: targetWidth)
    vertical = ResamplingWeights(
      method: method, source: height, region: region.rows, target: targetHeight)
  }

  /// - Parameters:
  ///   - read: fills a source row, given its number.
  ///   - write: takes a target row, given its number; called once for each, from the top.
  func run(read: (Int, inout MutableSpan<Float>) -> Void, write: (Int, Span<Float>) -> Void) {
    let length = horizontal.starts.count * channels
    var bundle = RowBundle(width: sourceWidth, channels: channels)
    var filtered = RowBundle(width: horizontal.starts.count, channels: channels)
    var sourceRow = [Float](repeating: 0, count: sourceWidth * channels)
    let kept = vertical.longestRun + bundle.rowCount
    var ring = [[Float]](repeating: [Float](repeating: 0, count: length), count: kept)
    var sum = [Float](repeating: 0, count: length)
    var next = 0

    for row in vertical.starts.indices {
      let start = vertical.starts[row]
      let shares = vertical.shares[vertical.offsets[row]..<vertical.offsets[row + 1]]
      next = max(next, start)
      while next < start + shares.count {
        let members = 0..<min(bundle.rowCount, sourceHeight - next)
        for member in members {
          var span = sourceRow.mutableSpan
          read(next + member, &span)
          bundle.pack(sourceRow.span, member: member)
        }
        bundle.filter(by: horizontal, cutTo: limits, into: &filtered)
        for member in members {
          var span = ring[(next + member) % kept].mutableSpan
          filtered.unpack(into: &span, member: member)
        }
        next += members.count
      }
      for index in sum.indices { sum[index] = 0 }
      for (tap, share) in shares.enumerated() {
        add(ring[(start + tap) % kept], times: share, to: &sum)
      }
      write(row, sum.span)
    }
  }
}

/// Which part of a picture, in its pixels, from the top left corner.
struct PixelRegion {
  let columns: Range<Double>
  let rows: Range<Double>
}

private func add(_ row: [Float], times share: Float, to sum: inout [Float]) {
  var sum = sum.mutableSpan
  let row = row.span.extracting(0..<sum.count)
  for index in 0..<sum.count { sum[index] += row[index] * share }
}
