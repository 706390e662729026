/// A picture of one digit made like those of MNIST: light ink on black, 28x28, the ink scaled into a
/// box of 20x20 and shifted so that its centre of mass lies in the middle (LeCun, Bottou, Bengio &
/// Haffner 1998).
///
/// People's digits are dark on light paper, anywhere on it, of any size, drawn with any pen, under a
/// lamp on one side. The placement remembers what was done, so that heatmaps can go back.
public struct DigitFit: Sendable {
  /// The ink from 0 to 1, `size` x `size`.
  public let ink: Plane

  /// Where the picture's parts went.
  public let placement: Placement

  /// Whether the picture is dark ink on light paper.
  public let isInverted: Bool

  /// Whether any ink was found; without, the whole picture was taken.
  public let foundInk: Bool

  /// - Parameters:
  ///   - polarity: whether the ink is the light or the dark part; nothing stands for finding out.
  ///   - size: of the side; the box of the ink takes 20/28 of it.
  public init(_ picture: Image, polarity: InkPolarity? = nil, size: Int = 28) {
    let paper = InkPlane(picture, polarity: polarity)
    isInverted = paper.isDarkOnLight
    if let ready = Self.alreadyFitting(paper, size: size) {
      (ink, placement, foundInk) = (ready, paper.wholePlacement(size), true)
      return
    }
    guard let box = InkBlobs(paper.ink).mainBox else {
      (placement, foundInk) = (paper.wholePlacement(size), false)
      ink = Self.whole(paper.ink, size: size)
      return
    }
    (ink, placement) = Self.fitted(paper.ink, box, size)
    foundInk = true
  }

  /// The ink itself if it already stands as it should: fitting it again would only blur it.
  private static func alreadyFitting(_ paper: InkPlane, size: Int) -> Plane? {
    let plane = paper.raw
    guard plane.width == size, plane.height == size, !paper.isDarkOnLight, paper.isBlack,
      let box = InkBlobs(plane).mainBox
    else { return nil }
    let side = size * 20 / 28
    let centre = plane.centreOfMass
    let offset = max(abs(centre.x - Double(size) / 2), abs(centre.y - Double(size) / 2))
    let excess = abs(max(box.width, box.height) - side)
    return offset <= 1.5 && excess <= 2 ? plane : nil
  }

  private static func whole(_ ink: Plane, size: Int) -> Plane {
    ink.resized(width: size, height: size, method: .area)
  }

  /// The ink inside `box`, scaled and centred.
  private static func fitted(
    _ ink: Plane, _ box: PixelRectangle, _ size: Int
  ) -> (Plane, Placement) {
    let side = size * 20 / 28
    let scale = Double(side) / Double(max(box.width, box.height))
    let width = max(1, Int((Double(box.width) * scale).rounded()))
    let height = max(1, Int((Double(box.height) * scale).rounded()))
    let digit = PenWidth.evened(
      ink.cropped(to: box), targetWidth: width, targetHeight: height)
    let centre = digit.centreOfMass
    // Whole pixels, as MNIST's makers shifted; the box stays inside the picture.
    let left = clamp(Int((Double(size) / 2 - centre.x).rounded()), 0...size - width)
    let top = clamp(Int((Double(size) / 2 - centre.y).rounded()), 0...size - height)
    var values = Array(repeating: Float(0), count: size * size)
    for y in 0..<height {
      for x in 0..<width { values[(top + y) * size + left + x] = digit.values[y * width + x] }
    }
    let placement = Placement(
      sourceWidth: ink.width, sourceHeight: ink.height, crop: box, targetWidth: size,
      targetHeight: size,
      window: PixelRectangle(left: left, top: top, width: width, height: height))
    return (Plane(width: size, height: size, values: values), placement)
  }

  private static func clamp(_ value: Int, _ range: ClosedRange<Int>) -> Int {
    min(max(value, range.lowerBound), range.upperBound)
  }
}

/// Which part of a picture is the ink.
public enum InkPolarity: Sendable, Hashable {
  case lightOnDark
  case darkOnLight
}
