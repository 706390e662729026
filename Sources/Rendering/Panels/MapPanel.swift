public import Imaging

/// All there is to see of a map on one sheet: the picture, the map, both, a colour bar with numbers,
/// and what they mean in words.
public struct MapPanel: Sendable {
  /// Three pictures of one size, that of ``tileSize(width:height:)``; tiny ones are enlarged.
  public var picture: Image
  public var map: Image
  public var overlay: Image
  public var colorBar: PanelColorBar

  /// The heading: what was asked about, and what the answer is.
  public var name: String
  public var answer: String
  public var notes: [String]

  public init(
    picture: Image, map: Image, overlay: Image, colorBar: PanelColorBar, name: String,
    answer: String, notes: [String]
  ) {
    self.picture = picture
    self.map = map
    self.overlay = overlay
    self.colorBar = colorBar
    self.name = name
    self.answer = answer
    self.notes = notes
  }

  private static let margin = 20
  private static let gap = 14
  private static let titleHeight = 15.0
  private static let noteHeight = 10.0
  private static let barRoom = 110
  private static let ink = Color(grey: 20)
  private static let faintInk = Color(grey: 90)

  /// What lies beside a picture that does not fill its place.
  public static let ground = Color(grey: 238)

  /// The longest side of a picture on the sheet, and the least place that each has: below it
  /// captions and the numbers of the colour bar would have no room.
  private static let largest = 336
  private static let smallestPlace = 200

  /// How large a picture is drawn for the sheet: at its own size if that fits.
  public static func tileSize(width: Int, height: Int) -> (width: Int, height: Int) {
    let longest = max(width, height)
    guard longest > largest else { return (width, height) }
    return (max(1, width * largest / longest), max(1, height * largest / longest))
  }

  public var image: Image {
    let tiles = [("picture", picture), ("map", map), ("map over picture", overlay)]
      .map { ($0, $1.enlarged(within: Self.largest)) }
    let width = max(tiles[0].1.width, Self.smallestPlace)
    let height = max(tiles[0].1.height, Self.smallestPlace)
    let sheetWidth = 2 * Self.margin + 3 * (width + Self.gap) + Self.barRoom
    let textWidth = Double(sheetWidth - 2 * Self.margin)
    let lines = notes.flatMap {
      TextLines.wrapped($0, height: Self.noteHeight, width: textWidth)
    }
    let top = Self.margin + 34
    let captionTop = top + height + 8
    let notesTop = captionTop + 30
    let sheetHeight = notesTop + lines.count * 19 + Self.margin - 6
    var canvas = Canvas(width: sheetWidth, height: sheetHeight, color: .white)
    canvas.write(
      title(width: textWidth), at: Point(x: Double(Self.margin), y: Double(Self.margin)),
      height: Self.titleHeight, color: Self.ink)
    var left = Self.margin
    for (caption, tile) in tiles {
      if (tile.width, tile.height) != (width, height) {
        canvas.fill(
          left: Double(left), top: Double(top), width: Double(width), height: Double(height),
          color: Self.ground)
      }
      canvas.draw(
        tile, left: left + (width - tile.width) / 2, top: top + (height - tile.height) / 2)
      canvas.write(
        caption, at: Point(x: Double(left), y: Double(captionTop)), height: Self.noteHeight,
        color: Self.faintInk)
      left += width + Self.gap
    }
    colorBar.draw(
      on: &canvas, in: PixelRectangle(left: left, top: top, width: 16, height: height))
    for (number, line) in lines.enumerated() {
      canvas.write(
        line, at: Point(x: Double(Self.margin), y: Double(notesTop + 19 * number)),
        height: Self.noteHeight, color: Self.ink)
    }
    return canvas.image
  }

  /// The name gives way to the answer, down to a third of the line.
  private func title(width: Double) -> String {
    let end = ": " + answer
    let room = width - Canvas.width(of: end, height: Self.titleHeight)
    let name = TextLines.cutInside(
      name, height: Self.titleHeight, width: max(room, width / 3))
    return TextLines.cut(name + end, height: Self.titleHeight, width: width)
  }
}

extension Image {
  /// A tiny picture with its pixels as squares, as large as fits into a square.
  fileprivate func enlarged(within side: Int) -> Image {
    let factor = max(1, side / max(width, height))
    return resized(width: width * factor, height: height * factor, method: .nearest)
  }
}
