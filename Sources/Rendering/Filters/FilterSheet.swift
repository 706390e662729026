public import Imaging

/// The filters of a convolution as one picture: a square for each, enlarged, side by side.
///
/// Filters over three channels are colours, all others grey: one channel as it is, several beside
/// each other in a row for each filter. Zero is the middle grey, and each filter's largest magnitude
/// black or white, so that faint filters can be compared in form but not in strength.
public struct FilterSheet: Sendable {
  /// `[filter][channel][row][column]`
  private let weights: [Float]
  private let count: Int
  private let channels: Int
  private let height: Int
  private let width: Int

  /// Filters of `height` by `width` weights for each of `channels`.
  public init(_ weights: [Float], count: Int, channels: Int, height: Int, width: Int) {
    precondition(
      weights.count == count * channels * height * width,
      "\(weights.count) weights for \(count)x\(channels)x\(height)x\(width)")
    self.weights = weights
    self.count = count
    self.channels = channels
    self.height = height
    self.width = width
  }

  private var isColoured: Bool { channels == 3 }

  /// The picture: of the first 256 filters, or of 64 channels of the first 64 where channels stand
  /// beside each other.
  public var image: Image {
    let planes = isColoured || channels == 1 ? 1 : min(channels, 64)
    let filters = min(count, planes > 1 ? 64 : 256)
    // As square as it gets; filters of several planes have a row each.
    let columns = planes > 1 ? planes : Int(Double(filters).squareRoot().rounded(.up))
    let rows = planes > 1 ? filters : (filters + columns - 1) / columns
    let scale = max(1, min(40, 960 / (max(columns * width, 1)), 44 / max(height, width)))
    let gap = max(2, scale / 3)
    var canvas = Canvas(
      width: columns * (width * scale + gap) + gap, height: rows * (height * scale + gap) + gap,
      color: Color(grey: 24))
    let size = channels * height * width
    for filter in 0..<filters {
      let own = weights[filter * size..<(filter + 1) * size]
      let largest = own.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
      for plane in 0..<planes {
        let cell = planes > 1 ? filter * columns + plane : filter
        let left = gap + cell % columns * (width * scale + gap)
        let top = gap + cell / columns * (height * scale + gap)
        for row in 0..<height {
          for column in 0..<width {
            canvas.fill(
              left: Double(left + column * scale), top: Double(top + row * scale),
              width: Double(scale), height: Double(scale),
              color: color(own, largest, plane, row, column))
          }
        }
      }
    }
    return canvas.image
  }

  /// A pixel of a filter whose largest weight is known.
  private func color(
    _ own: ArraySlice<Float>, _ largest: Float, _ plane: Int, _ row: Int, _ column: Int
  ) -> Color {
    func level(_ channel: Int) -> UInt8 {
      let weight = own[own.startIndex + (channel * height + row) * width + column]
      guard largest > 0, weight.isFinite else { return 128 }
      return UInt8((127.5 + 127.5 * weight / largest).rounded())
    }
    return isColoured
      ? Color(red: level(0), green: level(1), blue: level(2)) : Color(grey: level(plane))
  }
}
