extension Canvas {
  /// Writes a line of text.
  ///
  /// - Parameters:
  ///   - place: where the top left corner of a first capital comes.
  ///   - height: of a capital, in pixels; below 7 it is hard to read. A line with what hangs below
  ///     it takes one and a half times that.
  public mutating func write(_ text: String, at place: Point, height: Double, color: Color) {
    let scale = height / StrokeFont.capitalHeight
    let radius = Self.penRadius(height: height)
    var left = place.x
    var strokes: [[StrokePoint]] = []
    for character in text {
      let glyph = StrokeFont.glyph(character)
      for stroke in glyph.strokes {
        strokes.append(
          stroke.map {
            StrokePoint(x: left + $0.x * scale, y: place.y + $0.y * scale, radius: radius)
          })
      }
      left += (glyph.width + StrokeFont.gap) * scale + 2 * radius
    }
    draw(strokes, color: color)
  }

  /// Whether there are strokes for all of a text; what has none is written as boxes.
  public static func canWrite(_ text: String) -> Bool { text.allSatisfy(StrokeFont.has) }

  /// How wide a line of text becomes, in pixels.
  public static func width(of text: String, height: Double) -> Double {
    let units = text.reduce(0) { $0 + StrokeFont.glyph($1).width }
    let gaps = Double(max(text.count - 1, 0))
    let scale = height / StrokeFont.capitalHeight
    return (units + gaps * StrokeFont.gap) * scale + gaps * 2 * penRadius(height: height)
  }

  /// A pixel wide at least: thinner lines would fade.
  private static func penRadius(height: Double) -> Double { max(0.5, 0.06 * height) }
}
