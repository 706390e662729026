/// Resizes rows of floats, one axis after the other, keeping only as many rows as the window across
/// them is high.
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
  /// Whether the columns are shortened before the rows, which is the faster way down: the rows' way
  /// is left for few of them. Where results are cut the order shows, so the methods that overshoot
  /// keep to Pillow's (13.0): the axis that shrinks most first, along the rows if both grow.
  let isAcrossFirst: Bool

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
    let shrinkAlong = region.columns.length / Double(targetWidth)
    let shrinkAcross = region.rows.length / Double(targetHeight)
    isAcrossFirst = shrinkAcross > (method.overshoots ? max(shrinkAlong, 1) : 1)
  }

  /// - Parameters:
  ///   - rows: the target rows that are wanted, if not all; they are the same in any company.
  ///   - read: fills a source row, given its number.
  ///   - write: takes a target row, given its number; called once for each, from the top.
  func run(
    rows: Range<Int>? = nil, read: (Int, inout MutableSpan<Float>) -> Void,
    write: (Int, Span<Float>) -> Void
  ) {
    let rows = rows ?? 0..<vertical.starts.count
    if isAcrossFirst {
      runAcrossFirst(rows, read: read, write: write)
    } else {
      runAlongFirst(rows, read: read, write: write)
    }
  }

  private func runAlongFirst(
    _ rows: Range<Int>, read: (Int, inout MutableSpan<Float>) -> Void,
    write: (Int, Span<Float>) -> Void
  ) {
    let width = horizontal.starts.count
    var bundle = RowBundle(width: sourceWidth, channels: channels)
    var filtered = RowBundle(width: width, channels: channels)
    var sourceRow = [Float](repeating: 0, count: sourceWidth * channels)
    var ring = RowRing(capacity: vertical.longestRun + bundle.rowCount, length: width * channels)
    for row in rows {
      while let next = ring.next(for: vertical, row: row) {
        let members = 0..<min(bundle.rowCount, sourceHeight - next)
        for member in members {
          var span = sourceRow.mutableSpan
          read(next + member, &span)
          bundle.pack(sourceRow.span, member: member)
        }
        bundle.filter(by: horizontal, into: &filtered)
        filtered.cut(to: limits)
        for member in members {
          ring.append { row in filtered.unpack(into: &row, member: member) }
        }
      }
      ring.sum(by: vertical, row: row)
      write(row, ring.total.span)
    }
  }

  private func runAcrossFirst(
    _ rows: Range<Int>, read: (Int, inout MutableSpan<Float>) -> Void,
    write: (Int, Span<Float>) -> Void
  ) {
    let width = horizontal.starts.count
    var bundle = RowBundle(width: sourceWidth, channels: channels)
    var filtered = RowBundle(width: width, channels: channels)
    var targetRow = [Float](repeating: 0, count: width * channels)
    var ring = RowRing(capacity: vertical.longestRun, length: sourceWidth * channels)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: bundle.rowCount) {
      let members = 0..<min(bundle.rowCount, rows.upperBound - first)
      for member in members {
        while let next = ring.next(for: vertical, row: first + member) {
          ring.append { row in read(next, &row) }
        }
        ring.sum(by: vertical, row: first + member)
        bundle.pack(ring.total.span, member: member)
      }
      bundle.cut(to: limits)
      bundle.filter(by: horizontal, into: &filtered)
      for member in members {
        var span = targetRow.mutableSpan
        filtered.unpack(into: &span, member: member)
        write(first + member, targetRow.span)
      }
    }
  }
}

/// Which part of a picture, in its pixels, from the top left corner.
struct PixelRegion {
  let columns: Range<Double>
  let rows: Range<Double>
}

extension Range<Double> {
  fileprivate var length: Double { upperBound - lowerBound }
}
