public import Imaging

/// Colours for numbers from −1 to 1.
///
/// A diverging map gives zero its neutral middle and the two signs different hues. A sequential map
/// shows magnitudes, its first colour for zero; it is for maps that have no sign (the CAM family).
/// Between its anchors a map runs evenly in Oklab (Ottosson 2020), so that equal steps of the number
/// look like equal steps of colour; those that other tools define by straight lines run on these.
public enum ColorMap: String, CaseIterable, Sendable {
  /// Blue below zero, white at zero, red above: the default.
  case redBlue = "red-blue"

  /// Purple below, white, green above: for people who confuse neither of these.
  case greenPurple = "green-purple"

  /// Black over red and yellow to white.
  case heat

  /// Dark blue over green to yellow; as readable without colour vision.
  case dusk

  /// The rainbow of many papers: blue, cyan, yellow, red. Its bands mislead; here for comparison.
  case rainbow

  /// Black to white.
  case grey

  /// Dark blue, blue, cyan, yellow, red, dark red on straight lines: for comparison with others'
  /// pictures, misleading as `rainbow` is.
  case jet

  /// Black, red, yellow, white on straight lines.
  case hot

  /// Dark blue, blue, white, red, dark red on straight lines.
  case seismic

  /// Whether the two signs have different colours.
  public var isDiverging: Bool {
    switch self {
    case .redBlue, .greenPurple, .seismic: true
    case .heat, .dusk, .rainbow, .grey, .jet, .hot: false
    }
  }

  /// Whether colours run on straight lines between the anchors, level by level.
  var isOfStraightLines: Bool {
    switch self {
    case .jet, .hot, .seismic: true
    case .redBlue, .greenPurple, .heat, .dusk, .rainbow, .grey: false
    }
  }

  /// The colour of `value`; beyond −1 and 1 as at the ends. A sequential map ignores the sign's
  /// meaning and shows the magnitude.
  public func color(_ value: Float) -> Color {
    let table = ColorMapTable.of(self)
    let position = isDiverging ? (value + 1) / 2 : abs(value)
    let last = Float(table.count - 1)
    return table[Int(min(max(position.isNaN ? 0 : position, 0), 1) * last + 0.5)]
  }

  /// The colour that stands for `value` over a picture, where strength is shown by how much it
  /// covers: of a diverging map neither its pale middle nor its dark ends, which would vanish in
  /// light or dark parts of the picture.
  public func coveringColor(_ value: Float) -> Color {
    guard isDiverging else { return color(value) }
    return color(value < 0 ? value * 0.2 - 0.5 : value * 0.2 + 0.5)
  }

  /// The colours that the map runs through, at even distances.
  var anchors: [Color] {
    switch self {
    case .redBlue:
      [
        Color(red: 5, green: 48, blue: 97), Color(red: 50, green: 120, blue: 190),
        Color(red: 160, green: 200, blue: 228), Color(grey: 250),
        Color(red: 246, green: 178, blue: 147), Color(red: 210, green: 80, blue: 66),
        Color(red: 103, green: 0, blue: 31),
      ]
    case .greenPurple:
      [
        Color(red: 64, green: 0, blue: 75), Color(red: 140, green: 95, blue: 165),
        Color(red: 205, green: 185, blue: 218), Color(grey: 250),
        Color(red: 180, green: 220, blue: 175), Color(red: 80, green: 160, blue: 90),
        Color(red: 0, green: 68, blue: 27),
      ]
    case .heat:
      [
        Color(grey: 0), Color(red: 120, green: 10, blue: 10), Color(red: 225, green: 70, blue: 10),
        Color(red: 252, green: 190, blue: 40), Color(red: 255, green: 255, blue: 225),
      ]
    case .dusk:
      [
        Color(red: 38, green: 12, blue: 80), Color(red: 45, green: 80, blue: 140),
        Color(red: 30, green: 145, blue: 140), Color(red: 120, green: 200, blue: 90),
        Color(red: 250, green: 230, blue: 50),
      ]
    case .rainbow:
      [
        Color(red: 0, green: 0, blue: 143), Color(red: 0, green: 90, blue: 255),
        Color(red: 0, green: 225, blue: 235), Color(red: 130, green: 255, blue: 120),
        Color(red: 255, green: 225, blue: 0), Color(red: 255, green: 80, blue: 0),
        Color(red: 128, green: 0, blue: 0),
      ]
    case .grey:
      [Color(grey: 0), Color(grey: 255)]
    case .jet:
      [
        Color(red: 0, green: 0, blue: 128), Color(red: 0, green: 0, blue: 255),
        Color(red: 0, green: 128, blue: 255), Color(red: 0, green: 255, blue: 255),
        Color(red: 128, green: 255, blue: 128), Color(red: 255, green: 255, blue: 0),
        Color(red: 255, green: 128, blue: 0), Color(red: 255, green: 0, blue: 0),
        Color(red: 128, green: 0, blue: 0),
      ]
    case .hot:
      [
        Color(grey: 0), Color(red: 85, green: 0, blue: 0), Color(red: 170, green: 0, blue: 0),
        Color(red: 255, green: 0, blue: 0), Color(red: 255, green: 85, blue: 0),
        Color(red: 255, green: 170, blue: 0), Color(red: 255, green: 255, blue: 0),
        Color(red: 255, green: 255, blue: 128), Color(grey: 255),
      ]
    case .seismic:
      [
        Color(red: 0, green: 0, blue: 77), Color(red: 0, green: 0, blue: 255), Color(grey: 255),
        Color(red: 255, green: 0, blue: 0), Color(red: 128, green: 0, blue: 0),
      ]
    }
  }
}
