/// Handwritten-looking digits that the program draws itself: a data set without a download.
///
/// Digit number `index` of a seed is always the same picture, whatever was asked for before; labels
/// go round, 0 to 9.
public struct DrawnDigits: Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// A digit as MNIST has them: 28x28, light on dark, in a box of 20x20 whose centre of mass lies at
  /// the middle.
  public func digit(_ index: Int) -> (image: Image, label: Int) {
    let label = index % 10
    var random = RandomStream(key: seed, UInt64(index), 0)
    let writing = Handwriting(label: label, random: &random)
    return (writing.normalised(), label)
  }

  /// A digit as a phone or a scanner sees it: dark ink somewhere on a sheet of paper, which has a
  /// shade, a grain, and more light on one side than on the other.
  public func scan(_ index: Int, width: Int = 240, height: Int = 320) -> (
    image: Image, label: Int
  ) {
    let label = index % 10
    var random = RandomStream(key: seed, UInt64(index), 1)
    let writing = Handwriting(label: label, random: &random)
    let sheet = Sheet(width: width, height: height, random: &random)
    return (sheet.photograph(writing, random: &random), label)
  }
}

extension Handwriting {
  /// How MNIST was made of scans (LeCun, Bottou, Bengio and Haffner 1998): the ink scaled to fit
  /// 20x20 with its proportions kept, then moved by whole pixels.
  func normalised() -> Image {
    let side = 28
    let box = 20.0
    guard let limits = StrokeLimits(strokes) else { preconditionFailure("a digit without strokes") }
    let width = limits.columns.upperBound - limits.columns.lowerBound
    let height = limits.rows.upperBound - limits.rows.lowerBound
    let scale = box / max(width, height)
    let middleX = (limits.columns.lowerBound + limits.columns.upperBound) / 2
    let middleY = (limits.rows.lowerBound + limits.rows.upperBound) / 2
    let mask = mask(
      scale: scale, left: Double(side) / 2 - middleX * scale,
      top: Double(side) / 2 - middleY * scale, width: side, height: side)
    var canvas = Canvas(width: side, height: side, layout: .grey, color: .black)
    canvas.fill(mask, color: .white)
    let centre = mask.centreOfMass
    return canvas.image.placed(
      atLeft: nearestInteger(Double(side) / 2 - centre.x),
      top: nearestInteger(Double(side) / 2 - centre.y), width: side, height: side, on: .black)
  }

  func mask(scale: Double, left: Double, top: Double, width: Int, height: Int) -> CoverageMask {
    CoverageMask(
      strokes: strokes.map { stroke in
        stroke.map {
          StrokePoint(x: left + $0.x * scale, y: top + $0.y * scale, radius: $0.radius * scale)
        }
      }, within: PixelRectangle(left: 0, top: 0, width: width, height: height))
  }
}

private func nearestInteger(_ value: Double) -> Int { Int(value < 0 ? value - 0.5 : value + 0.5) }
