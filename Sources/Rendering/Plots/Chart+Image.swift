public import Imaging

extension Chart {
  /// The chart as a picture on white.
  ///
  /// - Parameter scale: how many pixels one unit of the layout takes; a panel is 440x300 units.
  public func image(scale: Double = 2) -> Image {
    let layout = ChartLayout(self)
    var canvas = Canvas(
      width: Int((layout.width * scale).rounded()), height: Int((layout.height * scale).rounded()),
      color: ChartInk.paper.color)
    for element in layout.elements { Self.draw(element, on: &canvas, scale) }
    return canvas.image
  }

  private static func draw(_ element: ChartElement, on canvas: inout Canvas, _ scale: Double) {
    func scaled(_ point: Point) -> Point { Point(x: point.x * scale, y: point.y * scale) }
    switch element {
    case .line(let points, let width, let ink, let isDashed):
      let places = points.map(scaled)
      for piece in isDashed ? dashes(places, length: 5 * scale) : [places] {
        canvas.stroke(piece, width: width * scale, color: ink.color)
      }
    case .area(let corners, let ink, let opacity):
      var color = ink.color
      color.alpha = UInt8((opacity * 255).rounded())
      canvas.fill(polygon: corners.map(scaled), color: color)
    case .dot(let centre, let radius, let ink):
      canvas.stroke([scaled(centre)], width: 2 * radius * scale, color: ink.color)
    case .text(let words, let place, let size, let anchor, let ink):
      let width = Canvas.width(of: words, height: size * scale)
      let left =
        switch anchor {
        case .start: place.x * scale
        case .middle: place.x * scale - width / 2
        case .end: place.x * scale - width
        }
      canvas.write(
        words, at: Point(x: left, y: (place.y - size) * scale), height: size * scale,
        color: ink.color)
    }
  }

  /// A line cut into dashes of one length with gaps as long between them.
  private static func dashes(_ points: [Point], length: Double) -> [[Point]] {
    var pieces: [[Point]] = []
    var isDown = true
    var left = length
    for (start, end) in zip(points, points.dropFirst()) {
      let (x, y) = (end.x - start.x, end.y - start.y)
      let whole = (x * x + y * y).squareRoot()
      var done = 0.0
      while done < whole {
        let next = min(whole, done + left)
        if isDown {
          pieces.append(
            [done, next].map {
              Point(x: start.x + x * $0 / whole, y: start.y + y * $0 / whole)
            })
        }
        left -= next - done
        done = next
        if left <= 0 {
          isDown.toggle()
          left = length
        }
      }
    }
    return pieces
  }
}
