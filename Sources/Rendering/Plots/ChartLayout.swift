import Imaging

/// Gives everything in a chart its place.
struct ChartLayout {
  let width: Double
  let height: Double
  private(set) var elements: [ChartElement] = []

  private static let panelWidth = 440.0
  private static let panelHeight = 300.0

  /// What lies around a panel's field.
  private static let margins = (left: 64.0, top: 64.0, right: 22.0, bottom: 52.0)
  private static let titleSize = 11.0
  private static let textSize = 8.0

  init(_ chart: Chart) {
    width = Self.panelWidth * Double(max(1, chart.panels.count))
    height = Self.panelHeight
    for (index, panel) in chart.panels.enumerated() {
      add(panel, left: Double(index) * Self.panelWidth)
    }
  }

  private mutating func add(_ panel: ChartPanel, left: Double) {
    let field = Field(
      panel: panel, left: left + Self.margins.left, top: Self.margins.top,
      width: Self.panelWidth - Self.margins.left - Self.margins.right,
      height: Self.panelHeight - Self.margins.top - Self.margins.bottom)
    text(panel.title, field.left, 26, size: Self.titleSize, .start, .ink)
    addLegend(panel, field)
    addAxes(panel, field)
    for mark in panel.marks { add(mark, field) }
  }

  /// The field between the axes.
  private struct Field {
    let panel: ChartPanel
    let left: Double
    let top: Double
    let width: Double
    let height: Double

    var bottom: Double { top + height }
    var right: Double { left + width }

    func x(_ value: Double) -> Double? { panel.horizontal.place(value).map { left + $0 * width } }
    func y(_ value: Double) -> Double? { panel.vertical.place(value).map { bottom - $0 * height } }

    func point(_ x: Double, _ y: Double) -> Point? {
      guard x.isFinite, y.isFinite, let across = self.x(x), let up = self.y(y) else { return nil }
      return Point(x: across, y: up)
    }
  }

  // MARK: - Around the field

  private mutating func addLegend(_ panel: ChartPanel, _ field: Field) {
    var left = field.left
    let line = 46.0
    for mark in panel.marks {
      guard let name = mark.name else { continue }
      let middle = line - Self.textSize / 2
      switch mark.shape {
      case .line(_, let isDashed):
        elements.append(
          .line(
            [Point(x: left, y: middle), Point(x: left + 20, y: middle)], width: 2.2, ink: mark.ink,
            isDashed: isDashed))
      case .bars:
        elements.append(
          .area(
            Self.box(left + 2, middle - 5, left + 18, middle + 5), ink: mark.ink, opacity: 0.75))
      case .whiskers:
        elements.append(
          .line(
            [Point(x: left + 10, y: middle - 6), Point(x: left + 10, y: middle + 6)], width: 1.6,
            ink: mark.ink, isDashed: false))
      }
      text(name, left + 26, line, size: Self.textSize, .start, .ink)
      left += 26 + Self.roomyWidth(name, size: Self.textSize) + 18
    }
  }

  /// The width of a text in whatever font it is drawn with, rather too large than too small.
  private static func roomyWidth(_ text: String, size: Double) -> Double {
    max(Canvas.width(of: text, height: size), 0.8 * size * Double(text.count))
  }

  private mutating func addAxes(_ panel: ChartPanel, _ field: Field) {
    for tick in panel.vertical.ticks {
      guard let y = field.y(tick.value) else { continue }
      rule(Point(x: field.left, y: y), Point(x: field.right, y: y), .line)
      text(
        tick.label, field.left - 9, y + Self.textSize / 2, size: Self.textSize, .end, .faint)
    }
    rule(
      Point(x: field.left, y: field.bottom), Point(x: field.right, y: field.bottom), .faint)
    for tick in panel.horizontal.ticks {
      guard let x = field.x(tick.value) else { continue }
      rule(Point(x: x, y: field.bottom), Point(x: x, y: field.bottom + 5), .faint)
      text(
        tick.label, x, field.bottom + 10 + Self.textSize, size: Self.textSize, .middle, .faint)
    }
    text(
      panel.horizontal.title, field.left + field.width / 2, field.bottom + 42, size: Self.textSize,
      .middle, .ink)
  }

  private mutating func rule(_ start: Point, _ end: Point, _ ink: ChartInk) {
    elements.append(.line([start, end], width: 1, ink: ink, isDashed: false))
  }

  private mutating func text(
    _ text: String, _ x: Double, _ y: Double, size: Double, _ anchor: TextAnchor, _ ink: ChartInk
  ) {
    elements.append(.text(text, at: Point(x: x, y: y), size: size, anchor: anchor, ink: ink))
  }

  private static func box(
    _ left: Double, _ top: Double, _ right: Double, _ bottom: Double
  ) -> [Point] {
    [
      Point(x: left, y: top), Point(x: right, y: top), Point(x: right, y: bottom),
      Point(x: left, y: bottom),
    ]
  }

  // MARK: - Inside the field

  private mutating func add(_ mark: ChartMark, _ field: Field) {
    switch mark.shape {
    case .line(let points, let isDashed):
      let places = points.map { field.point($0.x, $0.y) }
      for piece in places.split(whereSeparator: { $0 == nil }) {
        elements.append(
          .line(piece.compactMap { $0 }, width: 2.2, ink: mark.ink, isDashed: isDashed))
      }
      // Few points are worth seeing as such, and a single one is no line.
      if points.count <= 40 && !isDashed {
        for case .some(let place) in places {
          elements.append(.dot(place, radius: 2.6, ink: mark.ink))
        }
      }
    case .bars(let bars):
      for bar in bars {
        guard let top = field.y(bar.height), let left = field.x(bar.range.lowerBound),
          let right = field.x(bar.range.upperBound), top < field.bottom
        else { continue }
        elements.append(
          .area(
            Self.box(left + 0.75, top, right - 0.75, field.bottom), ink: mark.ink, opacity: 0.75))
      }
    case .whiskers(let whiskers):
      for whisker in whiskers {
        guard let x = field.x(whisker.x), let low = field.y(whisker.range.lowerBound),
          let high = field.y(whisker.range.upperBound)
        else { continue }
        let ends = [Point(x: x, y: low), Point(x: x, y: high)]
        elements.append(.line(ends, width: 1.6, ink: mark.ink, isDashed: false))
        for end in ends {
          elements.append(
            .line(
              [Point(x: x - 3, y: end.y), Point(x: x + 3, y: end.y)], width: 1.6, ink: mark.ink,
              isDashed: false))
        }
      }
    }
  }
}
