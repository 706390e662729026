#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The width of a digit's strokes, and how a fine pen's are made as wide as MNIST's.
///
/// A ballpoint's line on a large scan, scaled down to twenty pixels, is a grey trace that no network
/// trained on MNIST has seen. MNIST's strokes are two to three pixels wide in the box of twenty; a
/// finer one is widened before it is scaled. Wide ones are left alone.
enum PenWidth {
  /// The finest stroke that is left as it is, in pixels of the target.
  private static let finest = 2.0

  /// The digit at the target's size, its strokes not finer than MNIST's, its strongest ink 1.
  static func evened(_ digit: Plane, targetWidth: Int, targetHeight: Int) -> Plane {
    let scale = Double(max(digit.width, digit.height)) / Double(max(targetWidth, targetHeight))
    let missing = (finest - strokeWidth(digit) / scale) / 2 * scale
    let drawn = missing > 0.5 ? widened(digit, by: missing) : digit
    let small = drawn.resized(width: targetWidth, height: targetHeight, method: .area)
    let strongest = small.values.max() ?? 0
    guard strongest > 0 else { return small }
    return Plane(
      width: targetWidth, height: targetHeight, values: small.values.map { $0 / strongest })
  }

  /// Twice the ink's area over the length of its edge, for a line its width.
  private static func strokeWidth(_ digit: Plane) -> Double {
    let (width, height) = (digit.width, digit.height)
    func isInk(_ x: Int, _ y: Int) -> Bool {
      x >= 0 && y >= 0 && x < width && y < height && digit.values[y * width + x] > 0.4
    }
    var (area, edge) = (0.0, 0.0)
    for y in 0..<height {
      for x in 0..<width where isInk(x, y) {
        area += 1
        if !isInk(x - 1, y) { edge += 1 }
        if !isInk(x + 1, y) { edge += 1 }
        if !isInk(x, y - 1) { edge += 1 }
        if !isInk(x, y + 1) { edge += 1 }
      }
    }
    // Pixel edges run in steps: on average over all directions 4/π times the true length.
    return edge > 0 ? 2 * area / (edge * .pi / 4) : 0
  }

  /// Every pixel gets the most ink within a disk; the frame stays, so that places stay.
  private static func widened(_ digit: Plane, by radius: Double) -> Plane {
    let reach = Int(radius.rounded(.up))
    var disk: [(dx: Int, dy: Int)] = []
    for dy in -reach...reach {
      for dx in -reach...reach where Double(dx * dx + dy * dy) <= radius * radius {
        disk.append((dx, dy))
      }
    }
    let (width, height) = (digit.width, digit.height)
    var values = digit.values
    for y in 0..<height {
      for x in 0..<width where digit.values[y * width + x] > 0 {
        let ink = digit.values[y * width + x]
        for (dx, dy) in disk {
          let (nx, ny) = (x + dx, y + dy)
          guard nx >= 0, ny >= 0, nx < width, ny < height else { continue }
          values[ny * width + nx] = max(values[ny * width + nx], ink)
        }
      }
    }
    return Plane(width: width, height: height, values: values)
  }
}
