import Tensors

/// Moves pixels: an affine map and a smooth random field in one bilinear pass, so that the picture
/// is interpolated once.
///
/// The field is a cubic B-spline through a coarse grid of normal random numbers. Simard, Steinkraus
/// and Platt ("Best practices for convolutional neural networks applied to visual document
/// analysis", 2003) smooth a random number for each pixel with a Gaussian; the spline's field is as
/// smooth and takes a twelfth of the random numbers. Its cells are a fifth of the side.
final class Warp {
  private let height: Int
  private let width: Int
  private let rows: SplineAxis
  private let columns: SplineAxis

  /// Displacements in pixels.
  private let fieldX: AlignedFloats
  private let fieldY: AlignedFloats

  private let control: AlignedFloats
  private let stretched: AlignedFloats

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    rows = SplineAxis(length: height)
    columns = SplineAxis(length: width)
    fieldX = AlignedFloats(count: height * width)
    fieldY = AlignedFloats(count: height * width)
    control = AlignedFloats(count: rows.controls * columns.controls)
    stretched = AlignedFloats(count: rows.controls * width)
  }

  /// Draws a field whose displacements have the given standard deviation along each axis.
  func drawField(_ deviation: Float, _ random: inout CounterRandom) {
    let factor = deviation / (rows.power * columns.power).squareRoot()
    draw(fieldX, factor, &random)
    draw(fieldY, factor, &random)
  }

  private func draw(_ field: AlignedFloats, _ factor: Float, _ random: inout CounterRandom) {
    for i in 0..<control.count { unsafe control.pointer[i] = random.bell() * factor }
    for r in 0..<rows.controls {
      let source = unsafe control.pointer + r * columns.controls
      let target = unsafe stretched.pointer + r * width
      for x in 0..<width {
        let (first, w) = (columns.first[x], columns.weights[x])
        unsafe target[x] =
          w.x * source[first] + w.y * source[first + 1] + w.z * source[first + 2]
          + w.w * source[first + 3]
      }
    }
    for y in 0..<height {
      let w = rows.weights[y]
      let a = unsafe stretched.pointer + rows.first[y] * width
      let (b, c, d) = unsafe (a + width, a + 2 * width, a + 3 * width)
      let target = unsafe field.pointer + y * width
      for x in 0..<width {
        unsafe target[x] = w.x * a[x] + w.y * b[x] + w.z * c[x] + w.w * d[x]
      }
    }
  }

  /// Writes the moved picture, plane by plane, to `target` from `start` on.
  func apply(
    _ map: AffineMap, isElastic: Bool, from source: [Float], to target: inout [Float],
    at start: Int, channels: Int
  ) {
    let plane = height * width
    precondition(
      source.count == channels * plane && start >= 0 && start + source.count <= target.count,
      "\(source.count) values moved to \(start) of \(target.count)")
    let (lastX, lastY) = (Float(width - 1), Float(height - 1))
    let (displacedX, displacedY) = unsafe (fieldX.pointer, fieldY.pointer)
    unsafe source.withUnsafeBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        for y in 0..<height {
          let rowX = map.x0 + map.xy * Float(y)
          let rowY = map.y0 + map.yy * Float(y)
          for x in 0..<width {
            let place = y * width + x
            var u = rowX + map.xx * Float(x)
            var v = rowY + map.yx * Float(x)
            if isElastic {
              unsafe u += displacedX[place]
              unsafe v += displacedY[place]
            }
            u = min(max(u, 0), lastX)
            v = min(max(v, 0), lastY)
            // Coordinates are not negative here, so cutting off is rounding down.
            let (left, top) = (Int(Int32(u)), Int(Int32(v)))
            let right = min(left + 1, width - 1)
            let above = top * width
            let below = min(top + 1, height - 1) * width
            let (s, t) = (u - Float(left), v - Float(top))
            for c in 0..<channels {
              let at = c * plane
              let p = unsafe source[at + above + left]
              let q = unsafe source[at + above + right]
              let r = unsafe source[at + below + left]
              let o = unsafe source[at + below + right]
              let upper = p + s * (q - p)
              let lower = r + s * (o - r)
              unsafe target[start + at + place] = upper + t * (lower - upper)
            }
          }
        }
      }
    }
  }
}

/// The weights of a uniform cubic B-spline along one axis.
private struct SplineAxis {
  let controls: Int

  /// For each pixel: the first of its four control points, and their weights.
  let first: [Int]
  let weights: [SIMD4<Float>]

  /// The mean over the pixels of the weights' sum of squares: the variance that control points of
  /// variance one give.
  let power: Float

  init(length: Int) {
    let cells = 5
    controls = cells + 3
    let positions = (0..<length).map { (Float($0) + 0.5) / Float(length) * Float(cells) }
    first = positions.map { min(Int($0), cells - 1) }
    weights = positions.map { position in
      let t = position - Float(min(Int(position), cells - 1))
      let (t2, t3) = (t * t, t * t * t)
      let u = 1 - t
      return SIMD4(u * u * u, 3 * t3 - 6 * t2 + 4, -3 * t3 + 3 * t2 + 3 * t + 1, t3) / 6
    }
    power = weights.reduce(0) { $0 + ($1 * $1).sum() } / Float(length)
  }
}
