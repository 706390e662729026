/// How much ink there is at every pixel, from 0 (paper) to 1.
///
/// The paper's shade is taken to be a plane (a lamp on one side makes it slope), fitted to the
/// pixels that are paper; the ink is what differs from it, in units of the strongest.
struct InkPlane {
  /// The ink, faint traces removed.
  let ink: Plane

  /// The picture in grey from 0 to 1, light where the ink is, nothing else done to it.
  let raw: Plane
  let isDarkOnLight: Bool

  /// Whether at least half of the picture is black, as in pictures made for a network.
  let isBlack: Bool

  init(_ picture: Image, polarity: InkPolarity?) {
    let grey = picture.converted(to: .grey, over: .white).withEightBits()
    guard case .eight(let levels) = grey.samples else { preconditionFailure("not eight bits") }
    let values = levels.map { Float($0) / 255 }
    let threshold = Self.otsuThreshold(levels)
    isDarkOnLight =
      polarity.map { $0 == .darkOnLight } ?? Self.rimIsLight(grey, levels, threshold)
    let inverted = isDarkOnLight
    let (width, height) = (picture.width, picture.height)
    raw = Plane(width: width, height: height, values: inverted ? values.map { 1 - $0 } : values)
    let paper = PaperShade(
      raw, isPaper: { inverted ? levels[$0] > threshold : levels[$0] <= threshold })
    isBlack = 2 * raw.values.count { $0 < 0.02 } >= raw.values.count
    ink = Self.cleaned(raw, paper)
  }

  /// The whole picture on the whole target.
  func wholePlacement(_ size: Int) -> Placement {
    .stretch(
      sourceWidth: ink.width, sourceHeight: ink.height, targetWidth: size, targetHeight: size)
  }

  /// What is above the paper, in units of the strong ink, traces below a fifth taken away.
  private static func cleaned(_ raw: Plane, _ paper: PaperShade) -> Plane {
    var above = raw.values
    for y in 0..<raw.height {
      for x in 0..<raw.width {
        above[y * raw.width + x] = max(0, above[y * raw.width + x] - paper.shade(x, y))
      }
    }
    let strong = Self.level(above, share: 0.995)
    let full = strong > 0.04 ? strong : 1
    let trace: Float = 0.2
    return Plane(
      width: raw.width, height: raw.height,
      values: above.map { min(1, max(0, ($0 / full - trace) / (1 - trace))) })
  }

  /// The value that a share of all values stays below.
  private static func level(_ values: [Float], share: Double) -> Float {
    var values = values
    return values.takeSmallest(Int(share * Double(values.count - 1)))
  }

  /// Whether most of the picture's rim is lighter than the threshold: paper reaches the rim.
  private static func rimIsLight(_ grey: Image, _ levels: [UInt8], _ threshold: UInt8) -> Bool {
    let (width, height) = (grey.width, grey.height)
    var light = 0
    var count = 0
    for y in 0..<height {
      for x in 0..<width where x == 0 || y == 0 || x == width - 1 || y == height - 1 {
        light += levels[y * width + x] > threshold ? 1 : 0
        count += 1
      }
    }
    return 2 * light > count
  }

  /// The level that parts a picture best into dark and light: the variance between the two parts is
  /// the largest.
  ///
  /// Reference: Otsu 1979, doi 10.1109/TSMC.1979.4310076.
  static func otsuThreshold(_ levels: [UInt8]) -> UInt8 {
    var histogram = Array(repeating: 0, count: 256)
    for level in levels { histogram[Int(level)] += 1 }
    let total = Double(levels.count)
    let sum = histogram.enumerated().reduce(0.0) { $0 + Double($1.offset * $1.element) }
    var best = (variance: -1.0, level: 0)
    var (below, belowSum) = (0.0, 0.0)
    for (level, count) in histogram.enumerated() {
      below += Double(count)
      belowSum += Double(level * count)
      guard below > 0, below < total else { continue }
      let distance = belowSum / below - (sum - belowSum) / (total - below)
      let variance = below * (total - below) * distance * distance
      if variance > best.variance { best = (variance, level) }
    }
    return UInt8(best.level)
  }
}
