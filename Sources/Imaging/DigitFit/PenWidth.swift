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

  /// How many pixels of the digit may stand for one of the target while strokes are measured and
  /// widened. Widening costs the pixels times the pen's width, so the cube of the side; of a hundred
  /// pixels no stroke is finer for having more.
  static let mostPixelsOfOne = 100

  /// The digit at the target's size, its strokes not finer than MNIST's, its strongest ink 1.
  static func evened(_ digit: Plane, targetWidth: Int, targetHeight: Int) -> Plane {
    let target = max(targetWidth, targetHeight)
    let isLarge = max(digit.width, digit.height) > target * mostPixelsOfOne
    let digit =
      isLarge
      ? digit.resized(
        width: targetWidth * mostPixelsOfOne, height: targetHeight * mostPixelsOfOne,
        method: .area)
      : digit
    let scale = Double(max(digit.width, digit.height)) / Double(target)
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
  ///
  /// A disk is a stack of lines, each a little longer than the next one outwards. So each row's
  /// maxima over lines are made from the shortest line to the longest, one by one from the last, and
  /// go where the disk has a line of that length: steps as many as the radius for each pixel, not as
  /// many as the disk has pixels.
  static func widened(_ digit: Plane, by radius: Double) -> Plane {
    let reach = Int(radius.rounded(.up))
    let (width, height) = (digit.width, digit.height)
    func isInside(_ dx: Int, _ dy: Int) -> Bool { Double(dx * dx + dy * dy) <= radius * radius }
    let rows = (0..<height).map { Array(digit.values[$0 * width..<($0 + 1) * width]) }
    var result = rows
    for (y, row) in rows.enumerated() where row.contains(where: { $0 > 0 }) {
      let border = [Float](repeating: 0, count: reach)
      let bordered = border + row + border
      var most = row
      var half = 0
      for dy in stride(from: reach, through: 0, by: -1) where isInside(0, dy) {
        while isInside(half + 1, dy) {
          half += 1
          raise(&most, to: bordered.span.extracting(reach - half..<reach - half + width))
          raise(&most, to: bordered.span.extracting(reach + half..<reach + half + width))
        }
        if y >= dy { raise(&result[y - dy], to: most.span) }
        if dy > 0 && y + dy < height { raise(&result[y + dy], to: most.span) }
      }
    }
    return Plane(width: width, height: height, values: Array(result.joined()))
  }

  /// Each value becomes the larger one of itself and its counterpart.
  private static func raise(_ row: inout [Float], to other: Span<Float>) {
    var row = row.mutableSpan
    let other = other.extracting(0..<row.count)
    for index in 0..<row.count {
      let (own, value) = (row[index], other[index])
      row[index] = value > own ? value : own
    }
  }
}
