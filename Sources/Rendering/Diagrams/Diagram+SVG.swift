extension Diagram {
  /// The diagram as a file that browsers show, in light or dark as the reader has it.
  public var svg: String {
    let layers = DiagramLayers(boxCount: boxes.count, arrows: arrows)
    let boxWidths = boxes.map(Self.width)
    let arrowCounts = arrows.reduce(into: [Int: Int]()) { $0[$1.from, default: 0] += 1 }
    // A branch that ends early keeps its column; the line around a branch needs none.
    let widths = layers.items.map { item in
      item.box != nil || arrowCounts[item.source] == 1 ? boxWidths[item.source] : 0
    }
    let places = DiagramPlaces(layers, widths: widths, gap: Self.gap)
    let right = layers.items.indices.map { places.centers[$0] + widths[$0] / 2 }.max() ?? 0
    let legend = legend()
    let headWidth = max(legend.width, Self.textWidth(subtitle), 1.5 * Self.textWidth(title))
    let width = max(right, headWidth) + 2 * Self.margin
    let left = (width - right) / 2
    let top = Self.margin + 92

    func point(_ item: Int, _ y: Double) -> (x: Double, y: Double) {
      let rank = Double(layers.items[item].rank)
      return (left + places.centers[item], top + rank * Self.rankHeight + y)
    }
    var lines: Set<String> = []
    var paths: [String] = []
    for route in layers.routes {
      for (above, below) in zip(route, route.dropFirst()) {
        let start = point(above, layers.items[above].box == nil ? 0 : Self.boxHeight)
        let passed = layers.items[above].box == nil ? point(above, Self.boxHeight) : start
        let end = point(below, 0)
        let isArrow = layers.items[below].box != nil
        let path = Self.path(start, passed, end)
        guard lines.insert(path).inserted else { continue }
        paths.append("<path d=\"\(path)\"\(isArrow ? " marker-end=\"url(#head)\"" : "")/>")
      }
    }
    let drawn = layers.items.indices.compactMap { item in
      layers.items[item].box.map {
        draw(boxes[$0], width: boxWidths[$0], middle: point(item, 0).x, top: point(item, 0).y)
      }
    }
    let height = top + Double(layers.ranks.count) * Self.rankHeight + Self.margin - Self.rankGap
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \
      \(Self.number(height))" width="\(Self.number(width))" height="\(Self.number(height))" \
      role="img">
      <title>\(HTMLText.escape(title))</title>
      <style>\(Self.style)</style>
      <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
      orient="auto"><path class="head" d="M0 .8 7.5 4 0 7.2z"/></marker></defs>
      <rect class="paper" width="100%" height="100%"/>
      <text class="headline" x="\(Self.number(Self.margin))" y="\(Self.number(Self.margin + 14))">\
      \(HTMLText.escape(title))</text>
      <text class="faint" x="\(Self.number(Self.margin))" y="\(Self.number(Self.margin + 36))">\
      \(HTMLText.escape(subtitle))</text>
      \(legend.text)
      <g class="lines">
      \(paths.joined(separator: "\n"))
      </g>
      \(drawn.joined(separator: "\n"))
      </svg>

      """
  }

  private static let margin = 32.0
  private static let gap = 26.0
  private static let boxHeight = 62.0
  private static let rankGap = 30.0
  private static let rankHeight = boxHeight + rankGap
}

// MARK: - Parts

extension Diagram {
  private func draw(_ box: Box, width: Double, middle: Double, top: Double) -> String {
    let left = middle - width / 2
    func text(_ value: String, _ style: String, x: Double, y: Double, limit: Int) -> String {
      guard !value.isEmpty else { return "" }
      return "<text class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\">"
        + HTMLText.escape(value.shortened(to: limit)) + "</text>"
    }
    let bar = box.share * (width - 24)
    return """
      <g class="\(box.role)"><title>\(HTMLText.escape("\(box.name)\n\(box.title), \(box.detail)"))\
      </title>
      <rect class="box" x="\(Self.number(left))" y="\(Self.number(top))" \
      width="\(Self.number(width))" height="\(Self.number(Self.boxHeight))" rx="8"/>
      <rect class="mark" x="\(Self.number(left))" y="\(Self.number(top + 8))" width="5" \
      height="\(Self.number(Self.boxHeight - 16))" rx="2.5"/>
      \(text(box.title, "title", x: left + 14, y: top + 20, limit: 34))\
      \(text(box.shape, "shape", x: left + width - 10, y: top + 20, limit: 18))\
      \(text(box.detail, "faint", x: left + 14, y: top + 37, limit: 72))\
      \(text(box.name, "name", x: left + 14, y: top + 52, limit: 48))
      <rect class="bar" x="\(Self.number(left + 12))" y="\(Self.number(top + Self.boxHeight - 3.5))" \
      width="\(Self.number(bar))" height="2.5" rx="1.25"/></g>
      """
  }

  /// The roles that occur, with their colours.
  private func legend() -> (text: String, width: Double) {
    var x = Self.margin
    let y = Self.margin + 60
    var parts: [String] = []
    for role in Role.allCases where boxes.contains(where: { $0.role == role }) {
      parts.append(
        "<g class=\"\(role)\"><rect class=\"mark\" x=\"\(Self.number(x))\" "
          + "y=\"\(Self.number(y - 9))\" width=\"11\" height=\"11\" rx=\"3\"/>"
          + "<text class=\"faint\" x=\"\(Self.number(x + 17))\" y=\"\(Self.number(y))\">"
          + "\(role.rawValue)</text></g>")
      x += 17 + Self.textWidth(role.rawValue) + 18
    }
    return (parts.joined(separator: "\n"), x - Self.margin)
  }

  /// As wide as the longest line, within bounds.
  private static func width(_ box: Box) -> Double {
    let first = 1.2 * textWidth(box.title.shortened(to: 34)) + textWidth(box.shape) + 40
    let second = 0.92 * textWidth(box.detail.shortened(to: 72)) + 26
    let third = 0.94 * textWidth(box.name.shortened(to: 48)) + 26
    return max(170, first, second, third)
  }

  /// About how wide a text of 13 pixels is.
  private static func textWidth(_ text: String) -> Double { 6.9 * Double(text.count) }

  /// Straight down where lines pass a rank, smoothly aside between ranks.
  private static func path(
    _ start: (x: Double, y: Double), _ passed: (x: Double, y: Double),
    _ end: (x: Double, y: Double)
  ) -> String {
    let middle = (passed.y + end.y) / 2
    let straight = start.y == passed.y ? "" : "V\(number(passed.y))"
    let curve =
      passed.x == end.x
      ? "V\(number(end.y))"
      : "C\(number(passed.x)) \(number(middle)) \(number(end.x)) \(number(middle)) "
        + "\(number(end.x)) \(number(end.y))"
    return "M\(number(start.x)) \(number(start.y))\(straight)\(curve)"
  }

  /// A length with one decimal.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0
      ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  private static let style = """
    :root{--paper:#f6f6f4;--sheet:#fff;--ink:#1d1f23;--faint:#62666d;--line:#a9adb3;--edge:#d9dadb}
    .ends{--role:#62666d}.convolution{--role:#1f5fa8}.dense{--role:#7a4bb0}.pooling{--role:#1b8a6b}
    .normalization{--role:#8a7a1b}.activation{--role:#c2571a}.joining{--role:#b8336a}
    .shaping{--role:#7b8794}
    @media (prefers-color-scheme:dark){
    :root{--paper:#16181b;--sheet:#1f2226;--ink:#e8e8e6;--faint:#a2a6ac;--line:#6a7078;--edge:#3a3e44}
    .ends{--role:#a2a6ac}.convolution{--role:#6aa5ea}.dense{--role:#b48ce8}.pooling{--role:#4fc3a1}
    .normalization{--role:#cdbb52}.activation{--role:#f0945a}.joining{--role:#ee7aa8}
    .shaping{--role:#9aa6b2}}
    text{font:13px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
    .paper{fill:var(--paper)}.headline{font-size:20px;font-weight:600}.title{font-weight:600}
    .shape{text-anchor:end;font-variant-numeric:tabular-nums;fill:var(--faint)}
    .faint{fill:var(--faint);font-size:12px}
    .name{fill:var(--faint);font:10.5px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
    .box{fill:var(--sheet);stroke:var(--edge)}.mark,.bar{fill:var(--role)}.bar{opacity:.75}
    .lines path{fill:none;stroke:var(--line);stroke-width:1.5}.head{fill:var(--line)}
    """
}

extension String {
  /// At most `limit` characters, with the middle left out.
  fileprivate func shortened(to limit: Int) -> String {
    guard count > limit else { return self }
    return prefix(limit / 2 - 1) + "…" + suffix(limit - limit / 2)
  }
}
