public import Imaging

/// Lines on a picture around the parts in which a map is largest, drawn some rows at a time. Pixels may
/// be enlarged, so that lines on tiny pictures run between them.
public struct ContourLines: Sendable {
  /// The values at which lines run.
  private let thresholds: [Float]
  private let zoom: Int

  /// How far apart places are that are compared, in enlarged pixels: as wide as a line.
  private let reach: Int

  /// - Parameters:
  ///   - thresholds: where each line's part begins.
  ///   - width: the picture's.
  ///   - height: the same.
  ///   - zoom: how many times it is enlarged.
  public init(_ thresholds: [Float], width: Int, height: Int, zoom: Int = 1) {
    self.thresholds = thresholds
    self.zoom = zoom
    reach = max(1, zoom * max(width, height) / 400)
  }

  /// The rows of a picture that some enlarged rows are made of: their own and those below as far as
  /// they are compared with.
  public func needed(for rows: Range<Int>, height: Int) -> Range<Int> {
    rows.lowerBound / zoom..<min((rows.upperBound - 1 + reach) / zoom + 1, height)
  }

  /// Draws lines.
  ///
  /// - Parameters:
  ///   - picture: ``needed(for:height:)`` of it.
  ///   - heatmap: the same rows of the map.
  ///   - rows: the enlarged rows that are wanted, counted from the first of the picture's.
  public func drawn(on picture: Image, _ heatmap: Heatmap, rows: Range<Int>) -> Image {
    let map = heatmap.map
    let levels = map.values.map { value in UInt8(thresholds.count { value >= $0 }) }
    let colors = (0...thresholds.count).map {
      heatmap.colorMap.coveringColor(Float($0) / Float(max(thresholds.count, 1)))
    }
    let pixels = heatmap.samples(of: picture)
    let width = zoom * map.width
    let columns = (0..<width).map { $0 / zoom }
    let across = (0..<width).map { min($0 + reach, width - 1) / zoom }
    var samples: [UInt8] = []
    samples.reserveCapacity(3 * width * rows.count)
    for row in rows {
      let own = row / zoom * map.width
      let below = min((row + reach) / zoom, map.height - 1) * map.width
      for place in 0..<width {
        let column = columns[place]
        let (level, right, down) = (
          levels[own + column], levels[own + across[place]], levels[below + column]
        )
        if level == right && level == down {
          let start = 3 * (own + column)
          for channel in 0..<3 { samples.append(pixels[start + channel]) }
        } else {
          let color = colors[Int(max(level, right, down))]
          samples.append(color.red)
          samples.append(color.green)
          samples.append(color.blue)
        }
      }
    }
    return Image(width: width, height: rows.count, layout: .rgb, samples: .eight(samples))
  }
}
