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
    draw([points.map { StrokePoint(x: $0.x, y: $0.y, radius: width / 2) }], color: color)
  }

  mutating func draw(_ strokes: [[StrokePoint]], color: Color) {
    fill(CoverageMask(strokes: strokes, within: bounds), color: color)
  }

  mutating func fill(_ mask: CoverageMask, color: Color) {
    let pixel = CanvasPixel(color.samples(layout))
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
    let columns = max(left, 0)..<max(0, left, min(left + picture.width, width))
    let rows = max(top, 0)..<max(0, top, min(top + picture.height, height))
    let source = Canvas(
      picture.converted(to: picture.layout.hasAlpha ? layout.withAlpha : layout))
    let channels = source.layout.channelCount
    for row in rows {
      let first = ((row - top) * picture.width + columns.lowerBound - left) * channels
      let place = row * width + columns.lowerBound
      if source.layout == layout && !picture.layout.hasAlpha {
        samples.replaceSubrange(
          place * channels..<(place + columns.count) * channels,
          with: source.samples[first..<first + columns.count * channels])
      } else {
        for column in 0..<columns.count {
          let from = first + column * channels
          blend(
            CanvasPixel(source.samples[from..<from + channels]),
            opacity: Float(source.samples[from + channels - 1]) / 255, at: place + column)
        }
      }
    }
  }

  /// Mixes a pixel over the canvas's; where the canvas has alpha, by the "over" rule of Porter and
  /// Duff (1984) in straight alpha.
  private mutating func blend(_ pixel: CanvasPixel, opacity: Float, at index: Int) {
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
      samples[place + channel] = level(of: under + (pixel.levels[channel] - under) * share)
    }
  }
}

/// The channels of one pixel, of any layout.
private struct CanvasPixel {
  private(set) var levels = SIMD4<Float>.zero

  init(_ samples: some Collection<UInt8>) {
    for (channel, sample) in samples.enumerated() { levels[channel] = Float(sample) }
  }
}

extension Image.Layout {
  fileprivate var withAlpha: Image.Layout { isGrey ? .greyAlpha : .rgba }
}
