public import Imaging

/// Which magnitude of a map gets the full colour.
///
/// Always symmetric about zero: a stretched minimum and maximum would paint a colour on nothing.
public enum HeatmapScale: Sendable, Hashable {
  /// The magnitude that all but this share of the map's pixels stay below; what is beyond is
  /// clipped, so that one hot pixel does not leave the rest pale.
  case ofMap(clip: Double)

  /// A magnitude that several maps share.
  case fixed(Double)

  /// The magnitude for one map; zero for a flat map of zeros, which then has no colour at all.
  public func magnitude(_ map: Plane) -> Double {
    switch self {
    case .fixed(let magnitude):
      return magnitude
    case .ofMap(let clip):
      var magnitudes = Array(map.values.lazy.filter(\.isFinite).map { abs($0) })
      guard let largest = magnitudes.max() else { return 0 }
      let place = Int((1 - clip) * Double(magnitudes.count - 1))
      let clipped = magnitudes.takeSmallest(min(max(place, 0), magnitudes.count - 1))
      // Where nearly all of a map is zero, clipping would take everything.
      return Double(clipped > 0 ? clipped : largest)
    }
  }
}
