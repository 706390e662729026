import Rendering

extension ColorReach {
  /// - Parameter scale: what the full colour stands for; zero for a map without colours.
  init(_ scale: Double, isFlat: Bool, leavesOutUncertain: Bool) {
    self =
      scale > 0
      ? .upTo(scale) : .nowhere(isFlat ? .flat : leavesOutUncertain ? .nothingCertain : .zero)
  }
}

extension DrawingRecord {
  /// What the colours tell of signs.
  var signs: ShownSigns {
    ShownSigns(ColorMap(rawValue: colorMap) ?? .redBlue, isSigned: isSigned)
  }

  /// What the full colour stands for, as a sentence with the number.
  var words: String {
    let magnitude = ShortNumber.text(scale)
    let end = (signs == .both ? "±" : "") + magnitude
    return "The full colour stands for \(end), \(scaleWords)."
      + (signs == .hidden ? " \(Self.hiddenSigns)" : "")
  }

  /// Which number the full colour stands for.
  var scaleWords: String {
    guard let clip else { return "which was given" }
    let isLargest = clip >= 100
    let percentile = "\(Ordinal.text(clip)) percentile"
    return switch source {
    case .image:
      isLargest ? "the map's largest magnitude" : "the \(percentile) of the map's magnitudes"
    case .run, .value:
      isLargest
        ? "the largest magnitude of all maps of the run by this method"
        : "the \(percentile) of the magnitudes of that map of the run by this method where it is largest"
    }
  }

  static let hiddenSigns = "These colours do not show the signs: strengths alone."
}
