import Attribution
public import Imaging
import Rendering

/// A map ready to be drawn: a number for each pixel, its scale, its colours.
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
    sums = leavesOutUncertain ? map.pixels(prepared, map.attribution.values) : plane
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
  public func overlay(on picture: Image) -> Image { overlaid(on: picture).image }

  func overlaid(on picture: Image) -> DrawnRows {
    let map = restored
    return rows(of: picture, .rgb) { rows in
      heatmap(map.rows(rows)).overlaid(
        on: picture.rows(rows).converted(to: .grey, over: .white), opacity: settings.opacity)
    }
  }

  /// How an overlay is written. Of photos, level 4 makes files 6 % larger than level 6 in a third of
  /// the time, and they have more colours than palettes.
  func overlayOptions(on picture: Image, _ note: ImageText) -> PNGOptions {
    settings.zoom(width: picture.width, height: picture.height) == 1
      ? PNGOptions(level: 4, mayUsePalette: false, texts: [note]) : PNGOptions(texts: [note])
  }

  /// The map alone, at the size of the model's input; small maps are enlarged.
  var alone: EnlargedImage { enlarged(heatmap(plane).image) }

  /// The colours to lay over the picture, which is shown at this size.
  func layer(width: Int, height: Int) -> Image {
    let restored = prepared.placement.restored(
      plane, method: settings.upsampling, width: width, height: height)
    return heatmap(restored.whole).layer(opacity: settings.opacity)
  }

  /// The picture where the map is largest, pale elsewhere.
  public func strongest(of picture: Image) -> Image { strongestParts(of: picture).image }

  func strongestParts(of picture: Image) -> DrawnRows {
    let map = restored
    let threshold = map.thresholds([settings.topShare])[0]
    return rows(of: picture, .rgb) { rows in
      heatmap(map.rows(rows)).strongest(from: threshold, of: picture.rows(rows))
    }
  }

  /// The picture with the map's magnitude as its opacity.
  public func masked(_ picture: Image) -> Image { transparent(picture).image }

  func transparent(_ picture: Image) -> DrawnRows {
    let map = restored
    return rows(of: picture, .rgba) { rows in
      heatmap(map.rows(rows)).masked(picture.rows(rows))
    }
  }

  /// The picture with lines around the parts in which the map is largest: the share of the settings,
  /// half of it, and a quarter. Lines on tiny pictures run between pixels.
  public func contours(on picture: Image) -> Image { outlined(picture).image }

  func outlined(_ picture: Image) -> DrawnRows {
    let map = restored
    let (width, height) = (picture.width, picture.height)
    let zoom = settings.zoom(width: width, height: height)
    let share = settings.topShare
    let lines = ContourLines(
      map.thresholds([share, share / 2, share / 4], repeats: zoom * zoom), width: width,
      height: height, zoom: zoom)
    return DrawnRows(width: width * zoom, height: height * zoom, layout: .rgb, zoom: 1) { rows in
      let needed = lines.needed(for: rows, height: height)
      let start = zoom * needed.lowerBound
      return lines.drawn(
        on: picture.rows(needed), heatmap(map.rows(needed)),
        rows: rows.lowerBound - start..<rows.upperBound - start)
    }
  }

  /// Picture, map, both, the colour bar and words on one sheet.
  ///
  /// All is drawn as large as the sheet shows it, however large the picture is.
  public func panel(on picture: Image, name: String, answer: String, notes: [String]) -> Image {
    let (width, height) = MapPanel.tileSize(width: picture.width, height: picture.height)
    let shown = picture.resized(width: width, height: height, method: .area)
    let map = heatmap(
      prepared.placement.restored(
        plane, method: settings.upsampling, width: width, height: height
      ).whole)
    return MapPanel(
      picture: shown.withEightBits().converted(to: .rgb, over: .white),
      map: map.image(
        where: prepared.placement.isSeen(width: width, height: height), else: MapPanel.ground),
      overlay: map.overlaid(
        on: shown.converted(to: .grey, over: .white), opacity: settings.opacity),
      colorBar: PanelColorBar(
        colorMap: colorMap, signs: ShownSigns(colorMap, isSigned: isSigned), reach: reach),
      name: name, answer: answer, notes: notes
    ).image
  }

  /// The map at the picture's resolution.
  private var restored: ResampledPlane {
    prepared.placement.restored(plane, method: settings.upsampling)
  }

  private func rows(
    of picture: Image, _ layout: Image.Layout, _ draw: @escaping (Range<Int>) -> Image
  ) -> DrawnRows {
    DrawnRows(
      width: picture.width, height: picture.height, layout: layout,
      zoom: settings.zoom(width: picture.width, height: picture.height), draw: draw)
  }

  private func heatmap(_ plane: Plane) -> Heatmap {
    Heatmap(plane, scale: .fixed(magnitude), colorMap: colorMap)
  }

  private func enlarged(_ image: Image) -> EnlargedImage {
    EnlargedImage(
      pixels: image, zoom: settings.zoom(width: image.width, height: image.height))
  }
}

extension ResampledPlane {
  /// Where the largest values begin that are these shares of it; see ``LargestValues``.
  fileprivate func thresholds(_ shares: [Double], repeats: Int = 1) -> [Float] {
    let bandRows = max(1, DrawnRows.mostAtOnce / width)
    return LargestValues.thresholds(shares, repeats: repeats) { look in
      for first in stride(from: 0, to: height, by: bandRows) {
        look(rows(first..<min(first + bandRows, height)))
      }
    }
  }
}

extension DrawingSettings {
  /// What is drawn of a map, at the size of the model's input, and the magnitude that all but the
  /// clipped share of it stay below; zero for a map without colours.
  func plane(
    of map: ExplainedMap, _ prepared: PreparedPicture
  ) -> (plane: Plane, magnitude: Double) {
    let plane = map.pixels(
      prepared, uncertain == .grey ? map.attribution.certainValues : map.attribution.values)
    return (
      plane,
      map.attribution.isFlat ? 0 : HeatmapScale.ofMap(clip: 1 - clip / 100).magnitude(plane)
    )
  }
}

extension ExplainedMap {
  fileprivate func pixels(_ prepared: PreparedPicture, _ values: [Float]) -> Plane {
    prepared.pixels(of: values, isOfWholePixels: method.isOfWholePixels)
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
