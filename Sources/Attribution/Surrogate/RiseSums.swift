import Tensors

/// What ``Rise`` sums up over its masks: moments of mask and score at each pixel.
struct RiseSums {
  private var count = 0
  private var scores = 0.0
  private var squares = 0.0

  /// The first score, which is taken off the others so that squares keep their digits.
  private var origin: Float?

  /// `Σ mᵃ fᵇ` at each pixel.
  private let m: SlotSums
  private let mf: SlotSums
  private let mm: SlotSums
  private let mmf: SlotSums
  private let mmff: SlotSums
  private let mff: SlotSums

  init(_ planes: ChannelPlanes) {
    let shape: Shape = [planes.plane]
    m = SlotSums(shape)
    mf = SlotSums(shape)
    mm = SlotSums(shape)
    mmf = SlotSums(shape)
    mmff = SlotSums(shape)
    mff = SlotSums(shape)
  }

  var meanScore: Double { Double(origin ?? 0) + scores / Double(count) }

  /// Adds a group of masks with their scores; lanes without one are emptied.
  mutating func add(_ masks: MutableLanesView, _ values: [Float]) {
    let origin = origin ?? values[0]
    self.origin = origin
    var f = Vector.zero
    for (lane, value) in values.enumerated() {
      f[lane] = value - origin
      scores += Double(value - origin)
      squares += Double(value - origin) * Double(value - origin)
    }
    count += values.count
    if values.count < laneCount {
      var active = Vector.zero
      for lane in values.indices { active[lane] = 1 }
      for index in 0..<masks.count { masks[index] *= active }
    }
    let masks = masks.readOnly
    m.add(masks)
    mf.add(masks, times: f)
    mff.add(masks, times: f * f)
    mm.addSquares(masks)
    mmf.addSquares(masks, times: f)
    mmff.addSquares(masks, times: f * f)
  }

  /// `Σ m f / Σ m − mean f` and its standard errors.
  ///
  /// A mask moves the value by `u = m/m̄ (f − r) − (f − f̄)` with `r = Σ m f / Σ m`; the error is that
  /// of the mean of `u`.
  func differences() -> Map {
    let n = Double(count)
    let mean = scores / n
    let sums = [m, mf, mm, mmf, mmff, mff].map { $0.totals().map(Double.init) }
    var values: [Float] = []
    var errors: [Float] = []
    for pixel in sums[0].indices {
      let (m, mf, mm) = (sums[0][pixel], sums[1][pixel], sums[2][pixel])
      let (mmf, mmff, mff) = (sums[3][pixel], sums[4][pixel], sums[5][pixel])
      guard m > 0 else {
        values.append(0)
        errors.append(0)
        continue
      }
      let (r, density) = (mf / m, m / n)
      let first = (mmff - 2 * r * mmf + r * r * mm) / (density * density)
      let mixed = (mff - (r + mean) * mf + r * mean * m) / density
      let last = squares - n * mean * mean
      values.append(Float(r - mean))
      errors.append(Float((max(0, first - 2 * mixed + last) / (n * (n - 1))).squareRoot()))
    }
    return Map(values: values, standardErrors: errors)
  }

  /// `Σ m f / (n · probability)` and its standard errors.
  func paper(_ probability: Double) -> Map {
    let n = Double(count)
    let origin = Double(origin ?? 0)
    let sums = [m, mf, mm, mmf, mmff].map { $0.totals().map(Double.init) }
    var values: [Float] = []
    var errors: [Float] = []
    for pixel in sums[0].indices {
      let sum = sums[1][pixel] + origin * sums[0][pixel]
      let square = sums[4][pixel] + 2 * origin * sums[3][pixel] + origin * origin * sums[2][pixel]
      values.append(Float(sum / (n * probability)))
      let variance = max(0, square / n - sum / n * sum / n) / (n - 1)
      errors.append(Float(variance.squareRoot() / probability))
    }
    return Map(values: values, standardErrors: errors)
  }
}

extension RiseSums {
  /// A value and its standard error for each pixel.
  struct Map: Sendable {
    let values: [Float]
    let standardErrors: [Float]

    /// What so many masks say.
    func estimate(_ masks: Int) -> IntervalEstimate {
      IntervalEstimate(
        values: values.map { Double($0) }, standardErrors: standardErrors.map { Double($0) },
        degreesOfFreedom: masks - 1)
    }
  }
}
