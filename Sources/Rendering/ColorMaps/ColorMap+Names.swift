extension ColorMap {
  /// A map by its name, in either spelling of grey.
  public init?(name: String) {
    if let map = ColorMap(rawValue: name) {
      self = map
    } else if name == "gray" {
      self = .grey
    } else {
      return nil
    }
  }

  /// The map of ours that is most like a well-known one of other tools, by the name there.
  public static func counterpart(of name: String) -> ColorMap? {
    let plain = name.lowercased()
    let base = plain.hasSuffix("_r") ? String(plain.dropLast(2)) : plain
    return switch base {
    case "viridis", "plasma", "cividis", "parula", "mako": .dusk
    case "inferno", "magma", "rocket", "afmhot", "gist_heat", "ylorrd": .heat
    case "turbo", "hsv", "spectral", "nipy_spectral", "gist_rainbow": .rainbow
    case "rdbu", "rdylbu", "coolwarm", "bwr", "vlag", "icefire": .redBlue
    case "prgn", "piyg": .greenPurple
    case "gray", "grays", "greys", "bone", "binary": .grey
    default: nil
    }
  }
}
