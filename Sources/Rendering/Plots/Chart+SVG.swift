import Imaging

/// Where an SVG text is going to stand, which decides its colours.
public enum SVGPlace: Sendable, Hashable {
  /// A file of its own: dark on white.
  case file

  /// Inside a page of ``HTMLDocument``: its colours, light and dark, on no ground.
  case page
}

extension Chart {
  /// The chart as SVG.
  public func svg(_ place: SVGPlace = .file) -> String {
    let layout = ChartLayout(self)
    let (width, height) = (Self.number(layout.width), Self.number(layout.height))
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
      + "width=\"\(width)\" height=\"\(height)\" role=\"img\" "
      + "font-family=\"system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif\">\n"
      + "<title>\(HTMLText.escape(title))</title>\n"
    switch place {
    case .file:
      text += "<rect width=\"100%\" height=\"100%\" \(Self.paint("fill", .paper, place))/>\n"
    case .page: break
    }
    for element in layout.elements { text += Self.markup(element, place) + "\n" }
    return text + "</svg>\n"
  }

  private static func markup(_ element: ChartElement, _ place: SVGPlace) -> String {
    switch element {
    case .line(let points, let width, let ink, let isDashed):
      "<polyline points=\"\(list(points))\" fill=\"none\" stroke-width=\"\(number(width))\" "
        + "stroke-linejoin=\"round\" stroke-linecap=\"round\" "
        + (isDashed ? "stroke-dasharray=\"5 5\" " : "") + paint("stroke", ink, place) + "/>"
    case .area(let corners, let ink, let opacity):
      "<polygon points=\"\(list(corners))\" fill-opacity=\"\(number(opacity))\" "
        + paint("fill", ink, place) + "/>"
    case .dot(let centre, let radius, let ink):
      "<circle cx=\"\(number(centre.x))\" cy=\"\(number(centre.y))\" r=\"\(number(radius))\" "
        + paint("fill", ink, place) + "/>"
    case .text(let words, let at, let size, let anchor, let ink):
      // Capitals are about 0.72 of a font's size high.
      "<text x=\"\(number(at.x))\" y=\"\(number(at.y))\" font-size=\"\(number(size / 0.72))\" "
        + "text-anchor=\"\(anchor.rawValue)\" \(paint("fill", ink, place))>"
        + HTMLText.escape(words) + "</text>"
    }
  }

  /// Attributes know no variables, styles do.
  private static func paint(_ property: String, _ ink: ChartInk, _ place: SVGPlace) -> String {
    switch place {
    case .file: "\(property)=\"\(hexadecimal(ink.color))\""
    case .page: "style=\"\(property):var(\(ink.variable))\""
    }
  }

  private static func hexadecimal(_ color: Color) -> String {
    "#"
      + [color.red, color.green, color.blue].map { level in
        (level < 16 ? "0" : "") + String(level, radix: 16)
      }.joined()
  }

  private static func list(_ points: [Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  /// Hundredths are finer than anyone sees.
  private static func number(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}
