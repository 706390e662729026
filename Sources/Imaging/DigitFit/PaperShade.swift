/// The shade of paper across a picture: `a + b x + c y`, fitted by least squares to the pixels that
/// are paper.
struct PaperShade {
  private let a: Float
  private let b: Float
  private let c: Float
  private let (centreX, centreY): (Float, Float)

  init(_ raw: Plane, isPaper: (Int) -> Bool) {
    // Around the centre the mean and the slopes can be solved for one by one, as long as the paper
    // surrounds the ink; the coupling that a lopsided digit leaves is below the noise of a scan.
    (centreX, centreY) = (Float(raw.width - 1) / 2, Float(raw.height - 1) / 2)
    var sums = (count: 0.0, v: 0.0, x: 0.0, y: 0.0, xx: 0.0, yy: 0.0, xv: 0.0, yv: 0.0)
    for y in 0..<raw.height {
      for x in 0..<raw.width {
        let index = y * raw.width + x
        guard isPaper(index) else { continue }
        let (dx, dy) = (Double(Float(x) - centreX), Double(Float(y) - centreY))
        let value = Double(raw.values[index])
        sums.count += 1
        sums.v += value
        sums.x += dx
        sums.y += dy
        sums.xx += dx * dx
        sums.yy += dy * dy
        sums.xv += dx * value
        sums.yv += dy * value
      }
    }
    guard sums.count > 0 else {
      (a, b, c) = (0, 0, 0)
      return
    }
    let n = sums.count
    let spreadX = sums.xx - sums.x * sums.x / n
    let spreadY = sums.yy - sums.y * sums.y / n
    let slopeX = spreadX > 0 ? (sums.xv - sums.x * sums.v / n) / spreadX : 0
    let slopeY = spreadY > 0 ? (sums.yv - sums.y * sums.v / n) / spreadY : 0
    (b, c) = (Float(slopeX), Float(slopeY))
    a = Float((sums.v - slopeX * sums.x - slopeY * sums.y) / n)
  }

  func shade(_ x: Int, _ y: Int) -> Float {
    a + b * (Float(x) - centreX) + c * (Float(y) - centreY)
  }
}
