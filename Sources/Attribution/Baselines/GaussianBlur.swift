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
    sigma > 0 ? blurred(values.map(Double.init), planes).map(Float.init) : values
  }

  func blurred(_ values: [Double], _ planes: ChannelPlanes) -> [Double] {
    guard sigma > 0 else { return values }
    let kernel = Kernel(sigma: sigma)
    var result = values
    for channel in 0..<planes.channels {
      let start = channel * planes.plane
      let outside: Double? =
        switch border {
        case .nearest: nil
        case .constant(let colours): Double(colours[channel])
        }
      for row in 0..<planes.height {
        kernel.blur(
          &result, start: start + row * planes.width, step: 1, count: planes.width, outside)
      }
      for column in 0..<planes.width {
        kernel.blur(
          &result, start: start + column, step: planes.width, count: planes.height, outside)
      }
    }
    return result
  }

  /// The weights of one side of the kernel, with their sums: what lies outside an image counts as
  /// one number, however wide the kernel is.
  private struct Kernel {
    let weights: [Double]

    /// The sum of all weights from a distance on.
    let tails: [Double]

    init(sigma: Double) {
      let radius = Int(4 * sigma + 0.5)
      let powers = (0...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
      let sum = 2 * powers.reduce(0, +) - powers[0]
      weights = powers.map { $0 / sum }
      var tails = [0.0]
      for weight in weights.reversed() { tails.append(weight + (tails.last ?? 0)) }
      self.tails = tails.reversed()
    }

    private func tail(_ distance: Int) -> Double { distance < tails.count ? tails[distance] : 0 }

    func blur(
      _ values: inout [Double], start: Int, step: Int, count: Int, _ outside: Double?
    ) {
      let line = (0..<count).map { values[start + $0 * step] }
      let radius = weights.count - 1
      for position in 0..<count {
        var sum =
          tail(position + 1) * (outside ?? line[0])
          + tail(count - position) * (outside ?? line[count - 1])
        for from in max(0, position - radius)...min(count - 1, position + radius) {
          sum += weights[abs(from - position)] * line[from]
        }
        values[start + position * step] = sum
      }
    }
  }
}
