/// A picture of 8 bits a channel to draw on. Edges are smooth: a pixel takes as much of the colour as
/// the shape covers of it.
public struct Canvas: Sendable {
  public let width: Int
  public let height: Int
  public let layout: Image.Layout
  private var samples: [UInt8]

  /// A plain canvas.
  public init(width: Int, height: Int, layout: Image.Layout = .rgb, color: Color) {
    self.init(
      Image(
        width: width, height: height, layout: layout,
        samples: .eight(
          Array(repeatElement(color.samples(layout), count: width * height).joined()))))
  }

  /// A canvas to draw on a picture; 16 bits become 8.
  public init(_ image: Image) {
    width = image.width
    height = image.height
    layout = image.layout
    switch image.samples {
    case .eight(let values):
      samples = values
    case .sixteen(let values):
      samples = values.map { nearestByte($0) }
    }
  }

  /// What was drawn.
  public var image: Image {
    Image(width: width, height: height, layout: layout, samples: .eight(samples))
  }

  private var bounds: PixelRectangle {
    PixelRectangle(left: 0, top: 0, width: width, height: height)
  }
}

// MARK: - Shapes

extension Canvas {
  /// Fills the inside of a closed polygon.
  public mutating func fill(polygon corners: [Point], color: Color) {
    guard let first = corners.first else { return }
    var columns = first.x...first.x
    var rows = first.y...first.y
    for corner in corners {
      columns = min(columns.lowerBound, corner.x)...max(columns.upperBound, corner.x)
      rows = min(rows.lowerBound, corner.y)...max(rows.upperBound, corner.y)
    }
    var mask = CoverageMask(columns: columns, rows: rows, within: bounds)
    mask.fill(corners)
    fill(mask, color: color)
  }

  /// Fills a rectangle, whose sides may lie between pixels.
  public mutating func fill(
    left: Double, top: Double, width: Double, height: Double, color: Color
  ) {
    fill(
      polygon: [
        Point(x: left, y: top), Point(x: left + width, y: top),
        Point(x: left + width, y: top + height), Point(x: left, y: top + height),
      ], color: color)
  }

  /// Draws a line through the points with a round pen of the given width.
  public mutating func stroke(_ points: [Point], width: Double, color: Color) {
    let stroke = points.map { StrokePoint(x: $0.x, y: $0.y, radius: width / 2) }
    fill(CoverageMask(strokes: [stroke], within: bounds), color: color)
  }

  mutating func fill(_ mask: CoverageMask, color: Color) {
    let pixel = color.samples(layout).map(Float.init)
    let opacity = Float(color.alpha) / 255
    for row in mask.bounds.top..<mask.bounds.bottom {
      for column in mask.bounds.left..<mask.bounds.right {
        let coverage = mask[column: column, row: row]
        if coverage > 0 {
          blend(pixel, opacity: coverage * opacity, at: row * width + column)
        }
      }
    }
  }
}

// MARK: - Pictures

extension Canvas {
  /// Lays a picture over the canvas, through its alpha if it has any; what does not fit is cut.
  public mutating func draw(_ picture: Image, left: Int, top: Int) {
    let opaque = Canvas(picture.converted(to: layout.isGrey ? .greyAlpha : .rgba))
    let channels = opaque.layout.channelCount
    for row in max(top, 0)..<max(0, top, min(top + picture.height, height)) {
      for column in max(left, 0)..<max(0, left, min(left + picture.width, width)) {
        let place = ((row - top) * picture.width + column - left) * channels
        let pixel = opaque.samples[place..<place + channels].map(Float.init)
        blend(pixel, opacity: pixel[channels - 1] / 255, at: row * width + column)
      }
    }
  }

  /// Mixes a pixel over the canvas's; where the canvas has alpha, by the "over" rule of Porter and
  /// Duff (1984) in straight alpha.
  private mutating func blend(_ pixel: [Float], opacity: Float, at index: Int) {
    let channels = layout.channelCount
    let place = index * channels
    let colors = layout.hasAlpha ? channels - 1 : channels
    var share = opacity
    if layout.hasAlpha {
      let under = Float(samples[place + colors]) / 255
      let over = opacity + under * (1 - opacity)
      guard over > 0 else { return }
      samples[place + colors] = level(of: over * 255)
      share = opacity / over
    }
    for channel in 0..<colors {
      let under = Float(samples[place + channel])
      samples[place + channel] = level(of: under + (pixel[channel] - under) * share)
    }
  }
}
