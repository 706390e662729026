import Imaging

/// A picture that is drawn some rows at a time from the top, so that a large one is never in memory as
/// a whole.
struct DrawnRows {
  let width: Int
  let height: Int
  let layout: Image.Layout

  /// How many times it is enlarged when it has been drawn.
  let zoom: Int

  /// Makes these rows.
  let draw: (Range<Int>) -> Image

  /// All of it.
  var image: Image { EnlargedImage(pixels: draw(0..<height), zoom: zoom).image }

  /// Pictures up to this number of pixels are drawn at once: few colours are then looked for in what
  /// was drawn, not drawn anew.
  static let mostAtOnce = 1 << 20

  /// The same bytes however many pixels are drawn at once.
  func png(
    _ options: PNGOptions, mostAtOnce: Int = mostAtOnce
  ) throws(ImageEncodingError) -> [UInt8] {
    var options = options
    options.zoom = zoom
    guard width * height > mostAtOnce else {
      return try ImageEncoder.png(draw(0..<height), options)
    }
    return try ImageEncoder.png(width: width, height: height, layout: layout, options) { rows in
      switch draw(rows).samples {
      case .eight(let levels): levels
      case .sixteen: preconditionFailure("what is drawn has eight bits")
      }
    }
  }
}
