public import Tensors

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Six numbers that say what kind of picture a sample is, whatever it shows: how bright, how
/// contrasted, and how much neighbours differ.
///
/// ```
/// mean, standard deviation,
/// mean |p(x) − p(x + d)| for d = 1, 2, 4, right and down,
/// mean |4 p(x) − its four neighbours|
/// ```
///
/// Each is taken on every channel, the channels averaged, and the logarithm of the number plus 0.001
/// kept: brightness and edges matter by their ratios. Noise, photos and blank paper lie far from
/// pen strokes here, even where a network answers with confidence.
public struct PictureStatistics: Sendable, Equatable {
  public static let count = 6
  public let values: [Double]

  init(values: [Double]) { self.values = values }

  /// Measures the sample `[C, H, W]` that begins at `start`.
  public init(_ samples: [Float], at start: Int = 0, shape: Shape) {
    precondition(shape.rank == 3, "statistics of pictures, not of \(shape)")
    let (channels, height, width) = (shape[0], shape[1], shape[2])
    var sums = Array(repeating: 0.0, count: Self.count)
    for channel in 0..<channels {
      let first = start + channel * height * width
      let plane = SamplePlane(
        values: samples[first..<first + height * width], height: height, width: width)
      let own = plane.measures
      for i in sums.indices { sums[i] += own[i] }
    }
    values = sums.map { log($0 / Double(channels) + 0.001) }
  }
}

/// One channel of a sample.
private struct SamplePlane {
  let values: ArraySlice<Float>
  let height: Int
  let width: Int

  var measures: [Double] {
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / count
    let variance = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return [
      mean, variance.squareRoot(), difference(1), difference(2), difference(4), curvature,
    ]
  }

  private func value(_ row: Int, _ column: Int) -> Float {
    values[values.startIndex + row * width + column]
  }

  /// The mean difference of pixels so far apart in a row, plus that in a column.
  private func difference(_ distance: Int) -> Double {
    var (across, down) = (0.0, 0.0)
    for row in 0..<height {
      for column in 0..<max(0, width - distance) {
        across += Double(abs(value(row, column + distance) - value(row, column)))
      }
    }
    for row in 0..<max(0, height - distance) {
      for column in 0..<width {
        down += Double(abs(value(row + distance, column) - value(row, column)))
      }
    }
    return across / Double(height * max(1, width - distance))
      + down / Double(max(1, height - distance) * width)
  }

  /// How much pixels differ from the mean of those around them.
  private var curvature: Double {
    guard height > 2, width > 2 else { return 0 }
    var sum = 0.0
    for row in 1..<height - 1 {
      for column in 1..<width - 1 {
        let around =
          value(row - 1, column) + value(row + 1, column) + value(row, column - 1)
          + value(row, column + 1)
        sum += Double(abs(4 * value(row, column) - around))
      }
    }
    return sum / Double((height - 2) * (width - 2))
  }
}
