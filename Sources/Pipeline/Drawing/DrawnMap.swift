import Attribution
public import Imaging
import Rendering

/// A map ready to be drawn: its numbers summed over the channels, its scale, its colours.
public struct DrawnMap: Sendable {
  /// The map's own numbers, at the size of the model's input.
  let sums: Plane

  /// What is drawn of them.
  let plane: Plane
  let prepared: PreparedPicture
  let settings: DrawingSettings

  /// The magnitude that gets the full colour; zero for a map without colours.
  public let magnitude: Double

  /// How far the colours reach.
  let reach: ColorReach
  let colorMap: ColorMap

  /// Whether the map can have numbers below zero.
  let isSigned: Bool

  /// Whether values that sampling cannot tell from zero are drawn as zero, and there are some.
  let leavesOutUncertain: Bool

  /// - Parameter shared: the magnitude that maps of the same run have in common, if they do.
  public init(
    _ map: ExplainedMap, of prepared: PreparedPicture, _ settings: DrawingSettings,
    shared: Double? = nil
  ) {
    let (plane, own) = settings.plane(of: map, prepared)
    self.plane = plane
    self.prepared = prepared
    self.settings = settings
    leavesOutUncertain =
      settings.uncertain == .grey && map.attribution.certainValues != map.attribution.values
    sums = leavesOutUncertain ? prepared.summed(map.attribution.values) : plane
    isSigned = map.method.isSigned || plane.values.contains { $0 < 0 }
    colorMap = settings.colorMap ?? (isSigned ? .redBlue : .dusk)
    magnitude =
      switch settings.scale {
      case .image: own
      case .run: own > 0 ? shared ?? own : 0
      case .value(let value): own > 0 ? value : 0
      }
    reach = ColorReach(
      magnitude, isFlat: map.attribution.isFlat, leavesOutUncertain: leavesOutUncertain)
  }

  /// The map over the user's picture, at the picture's own resolution; tiny pictures are enlarged.
  public func overlay(on picture: Image) -> Image {
    enlarged(overlaid(on: picture, rows: 0..<picture.height)).image
  }

  /// The overlay as a file. A picture that is not enlarged is drawn some rows at a time, so that the
  /// overlay of a large photo is never in memory as a whole.
  func overlayFile(on picture: Image, _ note: ImageText) throws(ImageEncodingError) -> [UInt8] {
    guard settings.zoom(width: picture.width, height: picture.height) == 1 else {
      return try enlarged(overlaid(on: picture, rows: 0..<picture.height)).png(note)
    }
    return try ImageEncoder.png(
      width: picture.width, height: picture.height, layout: .rgb, Self.photoOptions(note)
    ) { rows in
      switch overlaid(on: picture, rows: rows).samples {
      case .eight(let levels): levels
      case .sixteen: preconditionFailure("an overlay has eight bits")
      }
    }
  }

  /// Of photos, level 4 makes files 6 % larger than level 6 in a third of the time.
  private static func photoOptions(_ note: ImageText) -> PNGOptions {
    PNGOptions(level: 4, texts: [note])
  }

  private func overlaid(on picture: Image, rows: Range<Int>) -> Image {
    let part = PixelRectangle(
      left: 0, top: rows.lowerBound, width: picture.width, height: rows.count)
    let map = prepared.placement.restore(plane, method: settings.upsampling, rows: rows)
    return heatmap(map).overlaid(
      on: picture.cropped(to: part).converted(to: .grey, over: .white),
      opacity: settings.opacity)
  }

  /// The map alone, at the size of the model's input; small maps are enlarged.
  var alone: EnlargedImage { enlarged(heatmap(plane).image) }

  /// The colours to lay over the picture, which is shown at this size.
  func layer(width: Int, height: Int) -> Image {
    let restored = prepared.placement.restore(
      plane, method: settings.upsampling, width: width, height: height)
    return heatmap(restored).layer(opacity: settings.opacity)
  }

  /// The picture where the map is largest, pale elsewhere.
  public func strongest(of picture: Image) -> Image { strongestParts(of: picture).image }

  func strongestParts(of picture: Image) -> EnlargedImage {
    enlarged(heatmap(restored).strongest(settings.topShare, of: picture))
  }

  /// The picture with the map's magnitude as its opacity.
  public func masked(_ picture: Image) -> Image { transparent(picture).image }

  func transparent(_ picture: Image) -> EnlargedImage {
    enlarged(heatmap(restored).masked(picture))
  }

  /// The picture with lines around the parts in which the map is largest: the share of the settings,
  /// half of it, and a quarter. Lines on tiny pictures run between pixels.
  public func contours(on picture: Image) -> Image {
    let zoom = settings.zoom(width: picture.width, height: picture.height)
    let (width, height) = (picture.width * zoom, picture.height * zoom)
    let large = restored.resized(width: width, height: height, method: .nearest)
    let share = settings.topShare
    return heatmap(large).contours(
      [share, share / 2, share / 4],
      on: picture.resized(width: width, height: height, method: .nearest))
  }

  /// Picture, map, both, the colour bar and words on one sheet.
  ///
  /// All is drawn as large as the sheet shows it, however large the picture is.
  public func panel(on picture: Image, name: String, answer: String, notes: [String]) -> Image {
    let (width, height) = MapPanel.tileSize(width: picture.width, height: picture.height)
    let shown = picture.resized(width: width, height: height, method: .area)
    let map = heatmap(
      prepared.placement.restore(
        plane, method: settings.upsampling, width: width, height: height))
    return MapPanel(
      picture: shown.withEightBits().converted(to: .rgb, over: .white), map: map.image,
      overlay: map.overlaid(
        on: shown.converted(to: .grey, over: .white), opacity: settings.opacity),
      colorBar: PanelColorBar(
        colorMap: colorMap, signs: ShownSigns(colorMap, isSigned: isSigned), reach: reach),
      name: name, answer: answer, notes: notes
    ).image
  }

  private var restored: Plane { prepared.placement.restore(plane, method: settings.upsampling) }

  private func heatmap(_ plane: Plane) -> Heatmap {
    Heatmap(plane, scale: .fixed(magnitude), colorMap: colorMap)
  }

  private func enlarged(_ image: Image) -> EnlargedImage {
    EnlargedImage(
      pixels: image, zoom: settings.zoom(width: image.width, height: image.height))
  }
}

extension DrawingSettings {
  /// What is drawn of a map, at the size of the model's input, and the magnitude that all but the
  /// clipped share of it stay below; zero for a map without colours.
  func plane(
    of map: ExplainedMap, _ prepared: PreparedPicture
  ) -> (plane: Plane, magnitude: Double) {
    let plane = prepared.summed(
      uncertain == .grey ? map.attribution.certainValues : map.attribution.values)
    return (
      plane,
      map.attribution.isFlat ? 0 : HeatmapScale.ofMap(clip: 1 - clip / 100).magnitude(plane)
    )
  }
}

extension Attribution {
  /// The values, with zero for those whose 95 % interval holds zero.
  fileprivate var certainValues: [Float] {
    guard let errors = record.standardErrors else { return values }
    // The normal distribution's, where the method does not know how many draws there were.
    let factor = record.measurements.first { $0.name == "interval-factor" }?.value ?? 1.959964
    return zip(values, errors).map { value, error in
      Double(abs(value)) > factor * Double(error) ? value : 0
    }
  }
}
