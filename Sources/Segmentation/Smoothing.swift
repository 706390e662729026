#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A Gaussian over the rows of a plane, then over its columns.
struct Smoothing: Sendable {
  private let height: Int
  private let width: Int

  /// Taps from the middle outwards; all together add up to one.
  private let taps: [Float]

  init(sigma: Double, height: Int, width: Int) {
    self.height = height
    self.width = width
    let half = (0...Int(4 * sigma + 0.5)).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = 2 * half.reduce(0, +) - half[0]
    taps = half.map { Float($0 / sum) }
  }

  func smoothed(_ plane: [Float]) -> [Float] {
    var across = Array(repeating: Float(0), count: plane.count)
    let reach = taps.count - 1
    var line = Array(repeating: Float(0), count: width + 2 * reach)
    for row in 0..<height {
      let start = row * width
      for place in line.indices {
        line[place] = plane[start + Self.mirrored(place - reach, width)]
      }
      for column in 0..<width {
        var sum = taps[0] * line[column + reach]
        for tap in 1..<max(1, taps.count) {
          sum += taps[tap] * (line[column + reach - tap] + line[column + reach + tap])
        }
        across[start + column] = sum
      }
    }
    var result = Array(repeating: Float(0), count: plane.count)
    for row in 0..<height {
      for tap in 0..<taps.count {
        let above = Self.mirrored(row - tap, height) * width
        let below = Self.mirrored(row + tap, height) * width
        let weight = taps[tap]
        if tap == 0 {
          for column in 0..<width {
            result[row * width + column] = weight * across[above + column]
          }
        } else {
          for column in 0..<width {
            result[row * width + column] +=
              weight * (across[above + column] + across[below + column])
          }
        }
      }
    }
    return result
  }

  /// The place inside that lies behind the mirror at the border: `c b a | a b c | c b a`.
  private static func mirrored(_ place: Int, _ count: Int) -> Int {
    let period = 2 * count
    let inside = ((place % period) + period) % period
    return inside < count ? inside : period - 1 - inside
  }
}
