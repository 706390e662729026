public import Imaging

/// All there is to see of a map on one sheet: the picture, the map, both, a colour bar with numbers,
/// and what they mean in words.
public struct MapPanel: Sendable {
  /// Three pictures of the same size.
  public var picture: Image
  public var map: Image
  public var overlay: Image
  public var colorBar: PanelColorBar
  public var title: String
  public var notes: [String]

  public init(
    picture: Image, map: Image, overlay: Image, colorBar: PanelColorBar, title: String,
    notes: [String]
  ) {
    self.picture = picture
    self.map = map
    self.overlay = overlay
    self.colorBar = colorBar
    self.title = title
    self.notes = notes
  }

  private static let margin = 20
  private static let gap = 14
  private static let titleHeight = 15.0
  private static let noteHeight = 10.0
  private static let barRoom = 110
  private static let ink = Color(grey: 20)
  private static let faintInk = Color(grey: 90)

  public var image: Image {
    let tiles = [("picture", picture), ("map", map), ("map over picture", overlay)]
      .map { ($0, $1.fitted(within: 336)) }
    let (width, height) = (tiles[0].1.width, tiles[0].1.height)
    let sheetWidth = 2 * Self.margin + 3 * (width + Self.gap) + Self.barRoom
    let lines = notes.flatMap {
      TextLines.wrapped(
        $0, height: Self.noteHeight, width: Double(sheetWidth - 2 * Self.margin))
    }
    let captionTop = Self.margin + 34 + height + 8
    let notesTop = captionTop + 30
    let sheetHeight = notesTop + lines.count * 19 + Self.margin - 6
    var canvas = Canvas(width: sheetWidth, height: sheetHeight, color: .white)
    canvas.write(
      TextLines.cut(title, height: Self.titleHeight, width: Double(sheetWidth - 2 * Self.margin)),
      at: Point(x: Double(Self.margin), y: Double(Self.margin)), height: Self.titleHeight,
      color: Self.ink)
    var left = Self.margin
    for (caption, tile) in tiles {
      canvas.draw(tile, left: left, top: Self.margin + 34)
      canvas.write(
        caption, at: Point(x: Double(left), y: Double(captionTop)), height: Self.noteHeight,
        color: Self.faintInk)
      left += width + Self.gap
    }
    colorBar.draw(
      on: &canvas,
      in: PixelRectangle(left: left, top: Self.margin + 34, width: 16, height: height))
    for (number, line) in lines.enumerated() {
      canvas.write(
        line, at: Point(x: Double(Self.margin), y: Double(notesTop + 19 * number)),
        height: Self.noteHeight, color: Self.ink)
    }
    return canvas.image
  }
}

extension Image {
  /// As large as fits into a square; tiny pictures keep their pixels visible.
  fileprivate func fitted(within side: Int) -> Image {
    let longest = max(width, height)
    if longest * 2 <= side {
      return resized(
        width: width * (side / longest), height: height * (side / longest), method: .nearest)
    }
    guard longest > side else { return self }
    return resized(
      width: max(1, width * side / longest), height: max(1, height * side / longest),
      method: .area)
  }
}
