import Imaging
import Rendering

/// What the page needs of one picture, made while the picture and its maps are at hand.
struct ReportAssets {
  let picture: Image
  let prepared: PreparedPicture
  let maps: [DrawnMap]

  /// Writes the files whose names begin with the record's ``ExplainedRecord/reportFiles``.
  func write(_ record: ExplainedRecord, path: String, to output: OutputFolder) throws {
    guard let stem = record.reportFiles else { return }
    let size = ShownSize(width: picture.width, height: picture.height)
    let name = ReportFolder.picture(stem, isTiny: size.isTiny)
    try output.write(try encoded(size), to: name)
    var layers: [HTMLPicture?] = []
    for (number, map) in maps.enumerated() {
      guard map.magnitude > 0 else {
        layers.append(nil)
        continue
      }
      let layerName = ReportFolder.layer(stem, map: number)
      let layer = map.layer(width: size.width, height: size.height)
      try output.write(try ImageEncoder.png(layer), to: layerName)
      layers.append(.file(path: layerName))
    }
    let image = ReportImage(
      path: path,
      outcome: .explained(
        .init(
          record, truth: nil, picture: .file(path: name), layers: layers, values: numbers,
          valuesFile: ReportFolder.numbers(stem))))
    try output.write(Array(ReportPage.script(image).utf8), to: ReportFolder.numbers(stem))
  }

  private func encoded(_ size: ShownSize) throws -> [UInt8] {
    let shown = picture.resized(width: size.width, height: size.height, method: .area)
    if size.isTiny { return try ImageEncoder.png(shown) }
    return try ImageEncoder.jpeg(
      shown.withEightBits().converted(to: shown.layout.isGrey ? .grey : .rgb),
      JPEGOptions(quality: 85))
  }

  private var numbers: MapValues {
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
      maps: maps.map(\.plane.values))
  }
}
