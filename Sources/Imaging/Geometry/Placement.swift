/// How a picture lies on what the network eats, and the way back.
///
/// A part of the picture (`crop`) is resized to a part of the target (`window`, which may stick out
/// and is then cut); the rest of the target is background. Coordinates run from the top left corner,
/// pixel centres at halves, so that
///
/// ```
/// target = window.left + (source − crop.left) · window.width / crop.width
/// ```
///
/// and the same downwards.
public struct Placement: Sendable, Equatable {
  public let sourceWidth: Int
  public let sourceHeight: Int
  public let targetWidth: Int
  public let targetHeight: Int
  public let crop: PixelRectangle
  public let window: PixelRectangle

  /// Places the part `crop` of a source on the part `window` of a target; `crop` must lie inside the
  /// source.
  public init(
    sourceWidth: Int, sourceHeight: Int, crop: PixelRectangle, targetWidth: Int,
    targetHeight: Int, window: PixelRectangle
  ) {
    precondition(
      crop.width > 0 && crop.height > 0 && crop.left >= 0 && crop.top >= 0
        && crop.right <= sourceWidth && crop.bottom <= sourceHeight,
      "\(crop) is not inside \(sourceWidth)x\(sourceHeight)")
    precondition(window.width > 0 && window.height > 0, "nothing fits into \(window)")
    self.sourceWidth = sourceWidth
    self.sourceHeight = sourceHeight
    self.targetWidth = targetWidth
    self.targetHeight = targetHeight
    self.crop = crop
    self.window = window
  }
}

// MARK: - The usual ones

extension Placement {
  /// All of the picture on all of the target, whatever that does to its proportions.
  public static func stretch(
    sourceWidth: Int, sourceHeight: Int, targetWidth: Int, targetHeight: Int
  ) -> Placement {
    Placement(
      sourceWidth: sourceWidth, sourceHeight: sourceHeight,
      crop: PixelRectangle(left: 0, top: 0, width: sourceWidth, height: sourceHeight),
      targetWidth: targetWidth, targetHeight: targetHeight,
      window: PixelRectangle(left: 0, top: 0, width: targetWidth, height: targetHeight))
  }

  /// All of the picture, as large as fits without distortion, in the middle, with bars.
  public static func letterbox(
    sourceWidth: Int, sourceHeight: Int, targetWidth: Int, targetHeight: Int
  ) -> Placement {
    let (width, height) = largest(
      sourceWidth, sourceHeight, within: targetWidth, targetHeight, share: 1)
    return Placement(
      sourceWidth: sourceWidth, sourceHeight: sourceHeight,
      crop: PixelRectangle(left: 0, top: 0, width: sourceWidth, height: sourceHeight),
      targetWidth: targetWidth, targetHeight: targetHeight,
      window: PixelRectangle(
        left: (targetWidth - width) / 2, top: (targetHeight - height) / 2, width: width,
        height: height))
  }

  /// The middle of the picture that has the target's proportions.
  ///
  /// - Parameter share: of the largest such part, along each side. ImageNet's habit of resizing to
  ///   256 and cutting 224 is a share of 0.875.
  public static func centreCrop(
    sourceWidth: Int, sourceHeight: Int, targetWidth: Int, targetHeight: Int, share: Double = 1
  ) -> Placement {
    let (width, height) = largest(
      targetWidth, targetHeight, within: sourceWidth, sourceHeight, share: share)
    return Placement(
      sourceWidth: sourceWidth, sourceHeight: sourceHeight,
      crop: PixelRectangle(
        left: (sourceWidth - width) / 2, top: (sourceHeight - height) / 2, width: width,
        height: height),
      targetWidth: targetWidth, targetHeight: targetHeight,
      window: PixelRectangle(left: 0, top: 0, width: targetWidth, height: targetHeight))
  }

  /// The largest size of given proportions within a size, in whole pixels.
  private static func largest(
    _ width: Int, _ height: Int, within outerWidth: Int, _ outerHeight: Int, share: Double
  ) -> (Int, Int) {
    let scale =
      share * min(Double(outerWidth) / Double(width), Double(outerHeight) / Double(height))
    return (
      min(max(Int(Double(width) * scale + 0.5), 1), outerWidth),
      min(max(Int(Double(height) * scale + 0.5), 1), outerHeight)
    )
  }
}

// MARK: - There and back

extension Placement {
  /// The picture as the network gets it.
  ///
  /// - Parameter image: the picture, or a smaller version of all of it.
  public func apply(
    to image: Image, method: ResamplingMethod, background: Color
  ) -> Image {
    precondition(
      image.width <= sourceWidth && image.height <= sourceHeight,
      "a placement of \(sourceWidth)x\(sourceHeight) got \(image.width)x\(image.height)")
    let resized = resized(image, method)
    if window == PixelRectangle(left: 0, top: 0, width: targetWidth, height: targetHeight) {
      return resized
    }
    return resized.placed(
      atLeft: window.left, top: window.top, width: targetWidth, height: targetHeight,
      on: background)
  }

  private func resized(_ image: Image, _ method: ResamplingMethod) -> Image {
    if (image.width, image.height) == (sourceWidth, sourceHeight) {
      return image.cropped(to: crop)
        .resized(width: window.width, height: window.height, method: method)
    }
    let across = Double(image.width) / Double(sourceWidth)
    let down = Double(image.height) / Double(sourceHeight)
    return image.resampled(
      PixelRegion(
        columns: across * Double(crop.left)..<across * Double(crop.right),
        rows: down * Double(crop.top)..<down * Double(crop.bottom)),
      width: window.width, height: window.height, method: method)
  }

  /// A map over the network's input as a map over the picture; zero where the network saw nothing.
  public func restore(_ map: Plane, method: ResamplingMethod) -> Plane {
    restored(map, method: method).whole
  }

  /// The same, to be made some rows at a time.
  ///
  /// - Parameters:
  ///   - width: how large the picture is shown, if not at its own size.
  ///   - height: the same.
  public func restored(
    _ map: Plane, method: ResamplingMethod, width: Int? = nil, height: Int? = nil
  ) -> ResampledPlane {
    precondition(
      map.width == targetWidth && map.height == targetHeight,
      "a placement on \(targetWidth)x\(targetHeight) got a map of \(map.width)x\(map.height)")
    let corner = target(Point(x: 0, y: 0))
    let opposite = target(Point(x: Double(sourceWidth), y: Double(sourceHeight)))
    return ResampledPlane(
      map, PixelRegion(columns: corner.x..<opposite.x, rows: corner.y..<opposite.y),
      width: width ?? sourceWidth, height: height ?? sourceHeight, method: method)
  }

  /// Of which pixels of the picture, shown at this size, the network saw the middle.
  public func isSeen(width: Int, height: Int) -> [Bool] {
    func middle(_ column: Int, _ row: Int) -> Point {
      target(
        Point(
          x: (Double(column) + 0.5) * Double(sourceWidth) / Double(width),
          y: (Double(row) + 0.5) * Double(sourceHeight) / Double(height)))
    }
    let columns = (0..<width).map { (0..<Double(targetWidth)).contains(middle($0, 0).x) }
    let rows = (0..<height).map { (0..<Double(targetHeight)).contains(middle(0, $0).y) }
    return rows.flatMap { row in columns.map { row && $0 } }
  }

  /// Where a point of the picture lies on the target.
  public func target(_ point: Point) -> Point {
    Point(
      x: Double(window.left) + (point.x - Double(crop.left)) * Double(window.width)
        / Double(crop.width),
      y: Double(window.top) + (point.y - Double(crop.top)) * Double(window.height)
        / Double(crop.height)
    )
  }

  /// Where a point of the target lies on the picture.
  public func source(_ point: Point) -> Point {
    Point(
      x: Double(crop.left) + (point.x - Double(window.left)) * Double(crop.width)
        / Double(window.width),
      y: Double(crop.top) + (point.y - Double(window.top)) * Double(crop.height)
        / Double(window.height)
    )
  }
}
