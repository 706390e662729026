import Imaging

/// What a chart is made of once everything has its place: few kinds, so that a backend is short.
enum ChartElement {
  case line([Point], width: Double, ink: ChartInk, isDashed: Bool)
  case area([Point], ink: ChartInk, opacity: Double)
  case dot(Point, radius: Double, ink: ChartInk)

  /// A line of text; `place` is on its base line, `size` the height of a capital.
  case text(String, at: Point, size: Double, anchor: TextAnchor, ink: ChartInk)
}

/// Which end of a text stands at its place.
enum TextAnchor: String {
  case start
  case middle
  case end
}
