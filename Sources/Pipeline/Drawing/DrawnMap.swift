import Attribution
public import Imaging
import Rendering

/// A map ready to be drawn: its numbers summed over the channels, its scale, its colours.
public struct DrawnMap: Sendable {
  /// At the size of the model's input.
  let plane: Plane
  let prepared: PreparedPicture
  let settings: DrawingSettings

  /// The magnitude that gets the full colour; zero for a flat map.
  public let magnitude: Double
  let colorMap: ColorMap

  public init(_ map: ExplainedMap, of prepared: PreparedPicture, _ settings: DrawingSettings) {
    plane = prepared.summed(map.attribution.values)
    self.prepared = prepared
    self.settings = settings
    let isSigned = map.method.isSigned || plane.values.contains { $0 < 0 }
    colorMap = settings.colorMap ?? (isSigned ? .redBlue : .dusk)
    magnitude =
      map.attribution.isFlat
      ? 0
      : settings.magnitude ?? HeatmapScale.ofMap(clip: 1 - settings.clip / 100).magnitude(plane)
  }

  /// The map over the user's picture, at the picture's own resolution; tiny pictures are enlarged.
  public func overlay(on picture: Image) -> Image {
    let restored = prepared.placement.restore(plane, method: settings.upsampling)
    return enlarged(
      heatmap(restored).overlaid(
        on: picture.converted(to: .grey, over: .white), opacity: settings.opacity))
  }

  /// The map alone, at the size of the model's input; small maps are enlarged.
  public var heatmapImage: Image { enlarged(heatmap(plane).image) }

  /// The colours to lay over the picture, which is shown at this size.
  func layer(width: Int, height: Int) -> Image {
    let restored = prepared.placement.restore(
      plane, method: settings.upsampling, width: width, height: height)
    return heatmap(restored).layer(opacity: settings.opacity)
  }

  private func heatmap(_ plane: Plane) -> Heatmap {
    Heatmap(plane, scale: .fixed(magnitude), colorMap: colorMap)
  }

  private func enlarged(_ image: Image) -> Image {
    let zoom = settings.zoom(width: image.width, height: image.height)
    return image.resized(
      width: zoom * image.width, height: zoom * image.height, method: .nearest)
  }
}
