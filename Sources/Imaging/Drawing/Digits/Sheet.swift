/// A sheet of paper with light on it, and the pen that lies beside it.
struct Sheet {
  let width: Int
  let height: Int
  private let paper: SIMD4<Double>
  private let ink: SIMD4<Double>
  /// How much brighter the right and the lower border are than the middle.
  private let light: (right: Double, down: Double)
  private let grain: Double

  init(width: Int, height: Int, random: inout RandomStream) {
    self.width = width
    self.height = height
    let shade = random.number(in: 205...245)
    let warmth = random.number(in: 0...14)
    paper = SIMD4(shade, shade - 0.3 * warmth, shade - warmth, 0)
    let dark = random.number(in: 20...70)
    // Black ink or blue.
    ink = SIMD4(dark, dark, dark + (random.chance(0.5) ? 60 : 0), 0)
    light = (0.04 * random.bell(), 0.04 * random.bell())
    grain = random.number(in: 0.6...1.6)
  }

  /// Writes on the sheet, somewhere, in some size, and takes a picture.
  func photograph(_ writing: Handwriting, random: inout RandomStream) -> Image {
    let mask = mask(of: writing, random: &random)
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * 3)
    for row in 0..<height {
      for column in 0..<width {
        let coverage = Double(mask.coverage(column: column, row: row))
        let brightness =
          1 + light.right * (2 * Double(column) / Double(width) - 1)
          + light.down * (2 * Double(row) / Double(height) - 1)
        let mixed = (paper + (ink - paper) * coverage) * brightness + grain * random.bell()
        for channel in 0..<3 { samples.append(level(of: Float(mixed[channel]))) }
      }
    }
    return Image(width: width, height: height, layout: .rgb, samples: .eight(samples))
  }

  private func mask(of writing: Handwriting, random: inout RandomStream) -> CoverageMask {
    guard let limits = StrokeLimits(writing.strokes) else {
      preconditionFailure("a digit without strokes")
    }
    let inkWidth = limits.columns.upperBound - limits.columns.lowerBound
    let inkHeight = limits.rows.upperBound - limits.rows.lowerBound
    let fitting = min(Double(width) / inkWidth, Double(height) / inkHeight)
    let scale = fitting * random.number(in: 0.45...0.75)
    let roomX = Double(width) - inkWidth * scale
    let roomY = Double(height) - inkHeight * scale
    return writing.mask(
      scale: scale,
      left: roomX * random.number(in: 0.1...0.9) - limits.columns.lowerBound * scale,
      top: roomY * random.number(in: 0.1...0.9) - limits.rows.lowerBound * scale,
      width: width, height: height)
  }
}

extension CoverageMask {
  /// The coverage of any pixel, none outside the mask.
  fileprivate func coverage(column: Int, row: Int) -> Float {
    let isInside =
      bounds.left..<bounds.right ~= column && bounds.top..<bounds.bottom ~= row
    return isInside ? self[column: column, row: row] : 0
  }
}
