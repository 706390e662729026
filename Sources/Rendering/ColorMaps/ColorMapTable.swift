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
    }
  }

  private static let redBlue = table(.redBlue)
  private static let greenPurple = table(.greenPurple)
  private static let heat = table(.heat)
  private static let dusk = table(.dusk)
  private static let rainbow = table(.rainbow)
  private static let grey = table(.grey)

  private static let stepCount = 511

  private static func table(_ map: ColorMap) -> [Color] {
    let anchors = map.anchors.map(Oklab.init)
    return (0..<stepCount).map { step in
      let position = Double(step) / Double(stepCount - 1) * Double(anchors.count - 1)
      let first = min(Int(position), anchors.count - 2)
      return anchors[first].mixed(with: anchors[first + 1], position - Double(first)).color
    }
  }
}
