/// The least-squares fit of ``KernelShap``: coalitions of whole sizes, and pairs that were drawn.
///
/// ```
/// φ = A⁻¹ (b − λ 1)     A = Σ w z zᵀ,  b = Σ w z (v(z) − v(0)),  λ so that Σ φ = v(1) − v(0)
/// ```
///
/// The drawn coalitions share the weight of their sizes. Their sum's sampling error goes through the
/// same map: each pair pulls at the values by `P Σ z (v(z) − v(0) − φ·z)`, and the spread of the pulls
/// is the error.
struct ShapleyRegression: Sendable {
  private let segments: Int
  private let off: Double
  private let on: Double
  private var whole: NormalEquations
  private var drawn: NormalEquations

  /// The drawn coalitions, each followed by its complement, and `v(z) − v(0)` of each.
  private var masks: SampleMasks
  private var scores: [Double] = []

  init(segments: Int, off: Double, on: Double) {
    self.segments = segments
    self.off = off
    self.on = on
    whole = NormalEquations(segments: segments)
    drawn = whole
    masks = SampleMasks(segments: segments)
  }

  var drawnCount: Int { masks.count }

  mutating func addWhole(_ active: [Int], score: Double, weight: Double) {
    whole.add(active, score: score - off, weight: weight)
  }

  /// Adds coalitions that were drawn, each followed by its complement.
  mutating func addDrawn(_ masks: SampleMasks, _ scores: [Double]) {
    for sample in 0..<masks.count {
      drawn.add(masks.active(in: sample), score: scores[sample] - off, weight: 1)
    }
    self.masks.append(masks)
    self.scores += scores.map { $0 - off }
  }

  /// The values and their errors.
  ///
  /// - Parameter drawnWeight: the kernel's weight of all coalitions of the drawn sizes.
  func solved(drawnWeight: Double) -> IntervalEstimate {
    guard segments > 1 else {
      return IntervalEstimate(
        values: [on - off], standardErrors: [0], degreesOfFreedom: 1_000_000)
    }
    let pairs = drawnCount / 2
    let share = pairs == 0 ? 0 : drawnWeight / Double(drawnCount)
    let all = whole + drawn.scaled(by: share)
    let places = Array(0..<segments)
    let factor = all.matrix.part(places).cholesky()
    let ones = factor.solve(Array(repeating: 1, count: segments))
    let onesSum = ones.reduce(0, +)
    /// `A⁻¹ v` without the part that changes the sum, to which `sum` is added back.
    func constrained(_ right: [Double], sum: Double) -> [Double] {
      let free = factor.solve(right)
      let excess = (free.reduce(0, +) - sum) / onesSum
      return zip(free, ones).map { $0 - excess * $1 }
    }
    let values = constrained(places.map { all.right[$0] }, sum: on - off)
    guard pairs > 1 else {
      let error = pairs == 0 ? 0 : Double.infinity
      return IntervalEstimate(
        values: values, standardErrors: Array(repeating: error, count: segments),
        degreesOfFreedom: pairs == 0 ? 1_000_000 : 1)
    }
    var moments = RunningMoments(count: segments)
    for pair in 0..<pairs {
      var pull = Array(repeating: 0.0, count: segments)
      for sample in [2 * pair, 2 * pair + 1] {
        let members = masks.active(in: sample)
        let miss = share * (scores[sample] - members.reduce(0) { $0 + values[$1] })
        for member in members { pull[member] += miss }
      }
      moments.add(constrained(pull, sum: 0))
    }
    // The moments' errors are of a mean; the pulls add up. What the fit has used up is given back.
    let count = Double(pairs)
    let free = max(1, pairs - segments)
    let correction = count * ((count - 1) / Double(free)).squareRoot()
    return IntervalEstimate(
      values: values,
      standardErrors: (moments.estimate?.standardErrors ?? []).map { $0 * correction },
      degreesOfFreedom: free)
  }
}
