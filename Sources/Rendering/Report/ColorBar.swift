import Imaging

/// Colours of maps as a bar with its ends named.
public struct ColorBar: Sendable, Hashable {
  public var colorMap: ColorMap
  public var signs: ShownSigns

  public init(_ colorMap: ColorMap, _ signs: ShownSigns) {
    self.colorMap = colorMap
    self.signs = signs
  }

  var html: String {
    let stops = (0...16).map { step in
      let color = colorMap.color(signs.lowest + (1 - signs.lowest) * Float(step) / 16)
      return "rgb(\(color.red),\(color.green),\(color.blue))"
    }
    let (left, right) =
      switch signs {
      case .both: ("speaks against", "speaks for")
      case .none: ("no matter", "matters most")
      case .hidden: ("no matter", "speaks for or against: these colours do not show the sign")
      }
    return """
      <p class="colors"><span>\(left)</span><i style="background:linear-gradient(90deg,\
      \(stops.joined(separator: ",")))"></i><span>\(right)</span></p>
      """
  }
}
