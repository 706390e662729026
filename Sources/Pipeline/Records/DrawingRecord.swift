import Rendering

/// How a map was drawn.
public struct DrawingRecord: Sendable, Hashable {
  /// The magnitude that got the full colour; zero for a map without colours.
  public var scale: Double

  /// Whose magnitude that is.
  public var source: Source

  /// The percentile of magnitudes that it is, 0…100; nothing where it was given as a number.
  public var clip: Double?

  /// The colours' name.
  public var colorMap: String

  /// Whether the map can have numbers below zero.
  public var isSigned: Bool

  /// Whether some values are drawn as zero, since sampling cannot tell them from it.
  public var leavesOutUncertain = false

  public enum Source: String, Sendable, Hashable {
    /// The map itself.
    case image

    /// The map of the run, by the same method, that has the largest.
    case run

    /// Whoever asked for the run.
    case value
  }
}

extension DrawingRecord {
  init(_ drawn: DrawnMap) {
    let settings = drawn.settings
    (source, clip) =
      switch settings.scale {
      case .image: (.image, settings.clip)
      case .run: (.run, settings.clip)
      case .value: (.value, nil)
      }
    scale = drawn.magnitude
    colorMap = drawn.colorMap.rawValue
    isSigned = drawn.isSigned
    leavesOutUncertain = drawn.leavesOutUncertain
  }
}
