#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// sRGB to CIE L\*a\*b\* under the illuminant D65, two degrees, where distances are roughly those that
/// people see.
///
/// The two curves are tables of 2¹⁴ steps with straight lines between, within 3e-5 of L.
///
/// Reference: IEC 61966-2-1 and CIE 15:2004.
struct LabColor: Sendable {
  private let light: CurveTable
  private let cube: CurveTable

  init() {
    light = CurveTable { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    cube = CurveTable { $0 > 216.0 / 24389 ? cbrt($0) : (24389.0 / 27 * $0 + 16) / 116 }
  }

  /// The lightness and the two colour axes of numbers from 0 to 1.
  func lab(_ red: Float, _ green: Float, _ blue: Float) -> SIMD3<Float> {
    let (r, g, b) = (light[red], light[green], light[blue])
    let x = cube[(0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.95047]
    let y = cube[0.212671 * r + 0.715160 * g + 0.072169 * b]
    let z = cube[(0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883]
    return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  /// An image of one channel is grey; of three it is red, green and blue; other channels have no
  /// colour, and are only brought to lightness's range of 100.
  func converted(_ image: PixelPlanes) -> PixelPlanes {
    let planes = image.planes
    switch image.channels {
    case 1:
      // Equal parts leave the colour axes at zero, which change no distance.
      return PixelPlanes(
        height: image.height, width: image.width,
        planes: [planes[0].map { 116 * cube[light[$0]] - 16 }])
    case 3:
      var result = planes
      for index in planes[0].indices {
        let colour = lab(planes[0][index], planes[1][index], planes[2][index])
        for axis in 0..<3 { result[axis][index] = colour[axis] }
      }
      return PixelPlanes(height: image.height, width: image.width, planes: result)
    default:
      return PixelPlanes(
        height: image.height, width: image.width, planes: planes.map { $0.map { 100 * $0 } })
    }
  }
}

/// A function of the numbers from 0 to 1 as a table.
struct CurveTable: Sendable {
  private let values: [Float]
  private static let steps = 1 << 14

  init(_ function: (Double) -> Double) {
    values = (0...Self.steps).map { Float(function(Double($0) / Double(Self.steps))) }
  }

  subscript(position: Float) -> Float {
    let scaled = min(max(position, 0), 1) * Float(Self.steps)
    let below = min(Int(scaled), Self.steps - 1)
    let share = scaled - Float(below)
    return values[below] + share * (values[below + 1] - values[below])
  }
}
