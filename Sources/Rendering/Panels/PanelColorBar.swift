import Imaging

/// What the colours of a map stand for: a bar with the numbers beside it.
public struct PanelColorBar: Sendable {
  public var colorMap: ColorMap
  public var signs: ShownSigns

  public var reach: ColorReach

  public init(colorMap: ColorMap, signs: ShownSigns, reach: ColorReach) {
    self.colorMap = colorMap
    self.signs = signs
    self.reach = reach
  }

  private static let textHeight = 10.0

  /// Draws the bar upright, its numbers to the right.
  func draw(on canvas: inout Canvas, in place: PixelRectangle) {
    let ink = Color(grey: 20)
    let magnitude: Double
    switch reach {
    case .upTo(let full): magnitude = full
    case .nowhere(let reason):
      for (line, text) in reason.panelLines.enumerated() {
        canvas.write(
          text, at: Point(x: Double(place.left), y: Double(place.top + 18 * line)),
          height: Self.textHeight, color: ink)
      }
      return
    }
    for row in 0..<place.height {
      let share = Float(row) / Float(max(place.height - 1, 1))
      canvas.fill(
        left: Double(place.left), top: Double(place.top + row), width: Double(place.width),
        height: 1, color: colorMap.color(1 + (signs.lowest - 1) * share))
    }
    let ticks: [(share: Double, value: Double)] =
      switch signs {
      case .both:
        [(0, magnitude), (0.25, magnitude / 2), (0.5, 0), (0.75, -magnitude / 2), (1, -magnitude)]
      case .none, .hidden:
        [(0, magnitude), (0.5, magnitude / 2), (1, 0)]
      }
    for tick in ticks {
      let y = Double(place.top) + tick.share * Double(place.height - 1) + 0.5
      canvas.stroke(
        [Point(x: Double(place.right), y: y), Point(x: Double(place.right) + 4, y: y)],
        width: 1, color: ink)
      canvas.write(
        (signs == .hidden && tick.value > 0 ? "±" : "") + ShortNumber.text(tick.value),
        at: Point(x: Double(place.right) + 8, y: y - Self.textHeight / 2),
        height: Self.textHeight, color: ink)
    }
  }
}
