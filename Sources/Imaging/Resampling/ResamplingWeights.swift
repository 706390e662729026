/// One axis of a resize: for each target pixel, the run of source pixels it is made of and the share
/// of each. The shares of a target pixel add up to one.
struct ResamplingWeights {
  /// The first source pixel of each run, never less than that of the run before.
  private(set) var starts: [Int] = []
  /// Where each run's shares begin in `shares`, and, last, where they end.
  private(set) var offsets: [Int] = [0]
  private(set) var shares: [Float] = []
  private(set) var longestRun = 0

  /// - Parameter region: what of the source, in its pixels, is spread over the target. Target pixels
  ///   whose centre falls outside the source get an empty run.
  init(method: ResamplingMethod, source: Int, region: Range<Double>, target: Int) {
    precondition(source > 0 && target > 0, "cannot resize \(source) pixels to \(target)")
    let length = region.upperBound - region.lowerBound
    precondition(length > 0, "cannot resize the empty region \(region)")
    let widening = max(length / Double(target), 1)
    for pixel in 0..<target {
      // The product is exact, so that a centre on a pixel border falls where it should.
      let centre = region.lowerBound + Double(2 * pixel + 1) * length / Double(2 * target)
      guard centre >= 0 && centre <= Double(source) else {
        append(start: starts.last ?? 0, run: [])
        continue
      }
      switch method {
      case .nearest:
        append(start: min(Int(centre), source - 1), run: [1])
      case .area:
        appendCoverage(centre: centre, reach: length / Double(target) / 2, source: source)
      case .bilinear, .bicubic, .lanczos:
        appendWindow(method, centre: centre, widening: widening, source: source)
      }
    }
  }

  private mutating func append(start: Int, run: [Double]) {
    let sum = run.reduce(0, +)
    starts.append(start)
    shares.append(contentsOf: run.lazy.map { Float($0 / sum) })
    offsets.append(shares.count)
    longestRun = max(longestRun, run.count)
  }

  private mutating func appendCoverage(centre: Double, reach: Double, source: Int) {
    let left = max(centre - reach, 0)
    let right = min(centre + reach, Double(source))
    let first = min(Int(left), source - 1)
    let last = max(first, Double(Int(right)) < right ? Int(right) : Int(right) - 1)
    append(
      start: first,
      run: (first...last).map { max(0, min(right, Double($0 + 1)) - max(left, Double($0))) })
  }

  /// The window is read at the centres of the source pixels whose centre it holds, as Pillow does;
  /// at the picture's edge it is cut and what remains is brought back to one.
  private mutating func appendWindow(
    _ method: ResamplingMethod, centre: Double, widening: Double, source: Int
  ) {
    let reach = method.reach * widening
    let first = max(Int(centre - reach + 0.5), 0)
    let end = min(Int(centre + reach + 0.5), source)
    append(
      start: first,
      run: (first..<max(end, first + 1)).map {
        method.height(at: (Double($0) - centre + 0.5) / widening)
      })
  }
}
