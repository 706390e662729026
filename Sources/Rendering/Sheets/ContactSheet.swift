public import Imaging

/// Many small pictures on one, each with a few words below it.
public struct ContactSheet: Sendable {
  public let title: String
  public let tiles: [Tile]

  public struct Tile: Sendable {
    public let picture: Image

    /// One below the other.
    public let lines: [String]

    public init(_ picture: Image, lines: [String]) {
      self.picture = picture
      self.lines = lines
    }
  }

  public init(title: String, tiles: [Tile]) {
    self.title = title
    self.tiles = tiles
  }

  private static let pictureSide = 112
  private static let gap = 16
  private static let margin = 24
  private static let textHeight = 9.0
  private static let lineHeight = 17.0
  private static let titleHeight = 14.0
  private static let titleRoom = 40

  /// The sheet on white, with so many pictures in a row.
  public func image(columns: Int = 8) -> Image {
    precondition(columns > 0, "\(columns) columns")
    let across = max(4, min(columns, tiles.count))
    let rows = (tiles.count + across - 1) / across
    let lines = tiles.map(\.lines.count).max() ?? 0
    let cellWidth = Self.pictureSide + Self.gap
    let cellHeight = Self.pictureSide + Self.gap + Int(Double(lines) * Self.lineHeight) + 4
    var canvas = Canvas(
      width: 2 * Self.margin + across * cellWidth - Self.gap,
      height: 2 * Self.margin + Self.titleRoom + rows * cellHeight, color: .white)
    canvas.write(
      title, at: Point(x: Double(Self.margin), y: Double(Self.margin)), height: Self.titleHeight,
      color: ChartInk.ink.color)
    for (index, tile) in tiles.enumerated() {
      draw(
        tile, on: &canvas, left: Self.margin + index % across * cellWidth,
        top: Self.margin + Self.titleRoom + index / across * cellHeight)
    }
    return canvas.image
  }

  private func draw(_ tile: Tile, on canvas: inout Canvas, left: Int, top: Int) {
    let picture = Self.fitted(tile.picture)
    canvas.draw(
      picture, left: left + (Self.pictureSide - picture.width) / 2,
      top: top + (Self.pictureSide - picture.height) / 2)
    for (number, line) in tile.lines.enumerated() {
      let width = Canvas.width(of: line, height: Self.textHeight)
      // What is too long is written smaller, down to what can still be read.
      let height = max(6, Self.textHeight * min(1, Double(Self.pictureSide + 8) / width))
      canvas.write(
        line,
        at: Point(
          x: Double(left),
          y: Double(top + Self.pictureSide) + 10 + Double(number) * Self.lineHeight),
        height: height, color: (number == 0 ? ChartInk.ink : .faint).color)
    }
  }

  /// As large as fits: small pictures pixel by pixel, so that each pixel can be seen, large ones
  /// smoothly.
  static func fitted(_ picture: Image, side: Int = pictureSide) -> Image {
    let longest = max(picture.width, picture.height)
    if longest <= side {
      let factor = side / longest
      return picture.resized(
        width: picture.width * factor, height: picture.height * factor, method: .nearest)
    }
    let scale = Double(side) / Double(longest)
    return picture.resized(
      width: max(1, Int(Double(picture.width) * scale)),
      height: max(1, Int(Double(picture.height) * scale)), method: .area)
  }
}
