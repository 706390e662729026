import Imaging

/// The colours of every ``ColorMap`` in 511 steps, so that a diverging map has a middle; computed
/// once.
enum ColorMapTable {
  static func of(_ map: ColorMap) -> [Color] {
    switch map {
    case .redBlue: redBlue
    case .greenPurple: greenPurple
    case .heat: heat
    case .dusk: dusk
    case .rainbow: rainbow
    case .grey: grey
    case .jet: jet
    case .hot: hot
    case .seismic: seismic
    }
  }

  private static let redBlue = table(.redBlue)
  private static let greenPurple = table(.greenPurple)
  private static let heat = table(.heat)
  private static let dusk = table(.dusk)
  private static let rainbow = table(.rainbow)
  private static let grey = table(.grey)
  private static let jet = table(.jet)
  private static let hot = table(.hot)
  private static let seismic = table(.seismic)

  private static let stepCount = 511

  private static func table(_ map: ColorMap) -> [Color] {
    let anchors = map.anchors
    let perceived = anchors.map(Oklab.init)
    return (0..<stepCount).map { step in
      let position = Double(step) / Double(stepCount - 1) * Double(anchors.count - 1)
      let first = min(Int(position), anchors.count - 2)
      let share = position - Double(first)
      return map.isOfStraightLines
        ? between(anchors[first], anchors[first + 1], share)
        : perceived[first].mixed(with: perceived[first + 1], share).color
    }
  }

  private static func between(_ first: Color, _ second: Color, _ share: Double) -> Color {
    func level(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + (Double(b) - Double(a)) * share).rounded())
    }
    return Color(
      red: level(first.red, second.red), green: level(first.green, second.green),
      blue: level(first.blue, second.blue))
  }
}
