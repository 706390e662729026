#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Blurs the planes of an input by a Gaussian, rows first, then columns, in `Double`.
///
/// The kernel is cut off at four deviations and adds up to one.
struct GaussianBlur: Sendable {
  let sigma: Double
  let border: Border

  /// What lies outside the image.
  enum Border: Sendable {
    /// The nearest pixel of the image: a grey image stays as it is.
    case nearest

    /// A constant for each channel.
    case constant([Float])
  }

  func blurred(_ values: [Float], _ planes: ChannelPlanes) -> [Float] {
    guard sigma > 0 else { return values }
    let radius = Int(4 * sigma + 0.5)
    var kernel = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = kernel.reduce(0, +)
    for i in kernel.indices { kernel[i] /= sum }
    var result = values.map(Double.init)
    for channel in 0..<planes.channels {
      let start = channel * planes.plane
      let outside: Double? =
        switch border {
        case .nearest: nil
        case .constant(let colours): Double(colours[channel])
        }
      for row in 0..<planes.height {
        blurLine(
          &result, start: start + row * planes.width, step: 1, count: planes.width, kernel, outside)
      }
      for column in 0..<planes.width {
        blurLine(
          &result, start: start + column, step: planes.width, count: planes.height, kernel, outside)
      }
    }
    return result.map(Float.init)
  }

  private func blurLine(
    _ values: inout [Double], start: Int, step: Int, count: Int, _ kernel: [Double],
    _ outside: Double?
  ) {
    let line = (0..<count).map { values[start + $0 * step] }
    let radius = kernel.count / 2
    for position in 0..<count {
      var sum = 0.0
      for (tap, weight) in kernel.enumerated() {
        let from = position + tap - radius
        if let outside, from < 0 || from >= count {
          sum += weight * outside
        } else {
          sum += weight * line[min(max(from, 0), count - 1)]
        }
      }
      values[start + position * step] = sum
    }
  }
}
