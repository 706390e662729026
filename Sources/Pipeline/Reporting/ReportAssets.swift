import Imaging
import Rendering

/// What the page needs of one picture, made while the picture and its maps are at hand.
struct ReportAssets: Sendable {
  private let picture: Image
  private let size: ShownSize

  /// What begins the names of its files.
  let stem: String

  init(of picture: Image, _ stem: String) {
    self.picture = picture
    self.stem = stem
    size = ShownSize(width: picture.width, height: picture.height)
  }

  /// Writes the colours of a map, if it has any.
  func writeLayer(_ number: Int, _ map: DrawnMap, to output: OutputFolder) throws {
    guard map.magnitude > 0 else { return }
    let layer = map.layer(width: size.width, height: size.height)
    try output.write(
      try ImageEncoder.png(layer), to: ReportFolder.layer(stem, map: number))
  }

  /// Writes the picture, and the numbers of its maps.
  func write(
    path: String, _ prepared: PreparedPicture, _ maps: [DrawnMap], to output: OutputFolder
  ) throws {
    try output.write(try encoded(), to: ReportFolder.picture(stem, isTiny: size.isTiny))
    let script = ReportPage.script(numbers(prepared, maps), path: path)
    try output.write(Array(script.utf8), to: ReportFolder.numbers(stem))
  }

  private func encoded() throws -> [UInt8] {
    let shown = picture.resized(width: size.width, height: size.height, method: .area)
    if size.isTiny { return try ImageEncoder.png(shown) }
    return try ImageEncoder.jpeg(
      shown.withEightBits().converted(to: shown.layout.isGrey ? .grey : .rgb),
      JPEGOptions(quality: 85))
  }

  private func numbers(_ prepared: PreparedPicture, _ maps: [DrawnMap]) -> MapValues {
    let placement = prepared.placement
    let corner = placement.target(Point(x: 0, y: 0))
    let opposite = placement.target(
      Point(x: Double(placement.sourceWidth), y: Double(placement.sourceHeight)))
    let (width, height) = (Double(placement.targetWidth), Double(placement.targetHeight))
    return MapValues(
      width: placement.targetWidth, height: placement.targetHeight,
      placement: [
        (opposite.x - corner.x) / width, 0, corner.x / width,
        0, (opposite.y - corner.y) / height, corner.y / height,
      ],
      maps: maps.map(\.sums.values))
  }
}
