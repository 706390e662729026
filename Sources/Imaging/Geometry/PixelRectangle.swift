/// A rectangle of whole pixels; the top left corner of the picture is (0, 0).
public struct PixelRectangle: Sendable, Hashable {
  public var left: Int
  public var top: Int
  public var width: Int
  public var height: Int

  public init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  /// The column after the last.
  public var right: Int { left + width }
  /// The row after the last.
  public var bottom: Int { top + height }
}

extension Image {
  /// The whole picture.
  public var bounds: PixelRectangle {
    PixelRectangle(left: 0, top: 0, width: width, height: height)
  }

  /// A part of the picture, which must lie inside.
  public func cropped(to part: PixelRectangle) -> Image {
    precondition(
      part.left >= 0 && part.top >= 0 && part.right <= width && part.bottom <= height,
      "\(part) is not inside \(width)x\(height)")
    if part == bounds { return self }
    return placed(
      atLeft: -part.left, top: -part.top, width: part.width, height: part.height, on: .clear)
  }

  /// Some rows of the picture, over all its width.
  public func rows(_ rows: Range<Int>) -> Image {
    cropped(
      to: PixelRectangle(left: 0, top: rows.lowerBound, width: width, height: rows.count))
  }

  /// The picture with a border; negative numbers cut instead.
  public func padded(left: Int, top: Int, right: Int, bottom: Int, with color: Color) -> Image {
    placed(
      atLeft: left, top: top, width: left + width + right, height: top + height + bottom,
      on: color)
  }

  /// The picture laid on a plain one of the given size; what does not fit is cut. Its alpha, if any,
  /// is kept, not blended.
  public func placed(
    atLeft left: Int, top: Int, width targetWidth: Int, height targetHeight: Int, on color: Color
  ) -> Image {
    let placed: Samples =
      switch samples {
      case .eight(let values):
        .eight(place(values, left, top, targetWidth, targetHeight, fill: color.samples(layout)))
      case .sixteen(let values):
        .sixteen(
          place(
            values, left, top, targetWidth, targetHeight,
            fill: color.samples(layout).map { UInt16($0) * 257 }))
      }
    return Image(width: targetWidth, height: targetHeight, layout: layout, samples: placed)
  }

  private func place<Sample>(
    _ values: [Sample], _ left: Int, _ top: Int, _ targetWidth: Int, _ targetHeight: Int,
    fill: [Sample]
  ) -> [Sample] {
    let channels = layout.channelCount
    let columns = max(left, 0)..<max(left, 0, min(left + width, targetWidth))
    let rows = max(top, 0)..<max(top, 0, min(top + height, targetHeight))
    let plainRow = Array(repeatElement(fill, count: targetWidth).joined())
    var result: [Sample] = []
    result.reserveCapacity(targetWidth * targetHeight * channels)
    for row in 0..<targetHeight {
      guard rows.contains(row) else {
        result.append(contentsOf: plainRow)
        continue
      }
      let first = ((row - top) * width + columns.lowerBound - left) * channels
      result.append(contentsOf: plainRow[..<(columns.lowerBound * channels)])
      result.append(contentsOf: values[first..<first + columns.count * channels])
      result.append(contentsOf: plainRow[(columns.upperBound * channels)...])
    }
    return result
  }
}

extension Color {
  /// The colour as a pixel of that layout, alpha last; grey by luma.
  func samples(_ layout: Image.Layout) -> [UInt8] {
    let grey = UInt8(luma(red: Int(red), green: Int(green), blue: Int(blue)))
    return switch layout {
    case .grey: [grey]
    case .greyAlpha: [grey, alpha]
    case .rgb: [red, green, blue]
    case .rgba: [red, green, blue, alpha]
    }
  }
}
