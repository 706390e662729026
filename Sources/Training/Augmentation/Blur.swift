/// A small Gaussian blur, rows and then columns, that continues the border's pixels.
final class Blur {
  private let height: Int
  private let width: Int
  private var rowBlurred: [Float]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    rowBlurred = Array(repeating: 0, count: height * width)
  }

  /// Blurs the plane that begins at `start`.
  func apply(to values: inout [Float], at start: Int, sigma: Float) {
    // Below this the neighbours' weight is under 10⁻⁴.
    guard sigma > 0.24 else { return }
    let reach = Int((3 * sigma).rounded(.up))
    var weights = (-reach...reach).map { exponential(-Float($0 * $0) / (2 * sigma * sigma)) }
    let sum = weights.reduce(0, +)
    for i in weights.indices { weights[i] /= sum }
    for y in 0..<height {
      for x in 0..<width {
        var blurred: Float = 0
        for (tap, weight) in weights.enumerated() {
          let column = min(max(x + tap - reach, 0), width - 1)
          blurred += weight * values[start + y * width + column]
        }
        rowBlurred[y * width + x] = blurred
      }
    }
    for y in 0..<height {
      for x in 0..<width { values[start + y * width + x] = 0 }
      for (tap, weight) in weights.enumerated() {
        let row = min(max(y + tap - reach, 0), height - 1) * width
        for x in 0..<width { values[start + y * width + x] += weight * rowBlurred[row + x] }
      }
    }
  }
}
