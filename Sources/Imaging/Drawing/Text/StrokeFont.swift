/// A small alphabet of pen strokes for labels on panels, sheets and plots: ASCII and the letters of
/// European languages in Latin script, any size, no font file.
struct StrokeFont {
  /// Heights are in units in which a capital is 8 high; below the base line there are two more.
  static let capitalHeight = 8.0
  static let gap = 1.5

  struct Glyph {
    let strokes: [[Point]]
    let width: Double

    /// - Parameter drawing: strokes with spaces between, each a chain of places: a digit to the right
    ///   and a letter down, `a` the top of a capital, `d` of a small letter, `i` the base line. A
    ///   stroke that begins with `~` is round, the others are straight from place to place.
    init(_ drawing: String) {
      strokes = drawing.split(separator: " ").map { stroke in
        let isRound = stroke.first == "~"
        let places = Self.places(isRound ? stroke.dropFirst() : stroke)
        return isRound ? smoothed(places) : places
      }
      width = strokes.joined().lazy.map(\.x).max() ?? 2
    }

    /// A letter with a mark over its middle, or under it.
    init(_ letter: Glyph, _ mark: Glyph, raisedBy height: Double) {
      let shift = (letter.width - mark.width) / 2
      strokes =
        letter.strokes
        + mark.strokes.map { $0.map { Point(x: $0.x + shift, y: $0.y - height) } }
      width = max(letter.width, mark.width + shift)
    }

    private static func places(_ stroke: Substring) -> [Point] {
      let codes = stroke.utf8.map(Double.init)
      return stride(from: 0, to: codes.count, by: 2).map {
        Point(
          x: codes[$0] - Double(UInt8(ascii: "0")), y: codes[$0 + 1] - Double(UInt8(ascii: "a")))
      }
    }
  }

  static func has(_ character: Character) -> Bool { glyphs[character] != nil }

  static func glyph(_ character: Character) -> Glyph { glyphs[character] ?? missing }

  private static let missing = Glyph("0a4a4i0i0a")

  private static let glyphs: [Character: Glyph] = {
    let plain = drawings.mapValues(Glyph.init)
    return plain.merging(Accents.glyphs(from: plain)) { own, _ in own }
  }()

  private static let drawings: [Character: String] = [
    "A": "0i3a6i 1f5f",
    "B": "3a0a0i3i 0e3e ~3a5b5d3e ~3e6f6h3i",
    "C": "~6b4a1b0e1h4i6h",
    "D": "2a0a0i2i ~2a5b6e5h2i",
    "E": "5a0a0i5i 0e4e",
    "F": "5a0a0i 0e4e",
    "G": "~6b4a1b0e1h4i6h 6h6e4e",
    "H": "0a0i 6a6i 0e6e",
    "I": "0a2a 1a1i 0i2i",
    "J": "4a4f ~4f3h2i1h0g",
    "K": "0a0i 5a0e5i",
    "L": "0a0i5i",
    "M": "0i0a3f6a6i",
    "N": "0i0a6i6a",
    "O": "~3a1b0e1h3i5h6e5b3a",
    "P": "0i0a3a ~3a6b6d3e 3e0e",
    "Q": "~3a1b0e1h3i5h6e5b3a 4g6i",
    "R": "0i0a3a ~3a6b6d3e 0e3e6i",
    "S": "~5b3a1b1d3e5f5h3i0h",
    "T": "0a6a 3a3i",
    "U": "0a0f ~0f1h3i5h6f 6f6a",
    "V": "0a3i6a",
    "W": "0a2i4c6i8a",
    "X": "0a6i 6a0i",
    "Y": "0a3e6a 3e3i",
    "Z": "0a6a0i6i",
    "a": "~5e3d1e0f1h3i5h 5d5i",
    "b": "0a0i ~0e2d4e5f4h2i0h",
    "c": "~5e3d1e0f1h3i5h",
    "d": "5a5i ~5e3d1e0f1h3i5h",
    "e": "0f5f ~5f4d2d0f1h3i5h",
    "f": "~4a2a1c1e 1e1i 0d3d",
    "g": "~5e3d1e0f1h3i5h 5d5i ~5i4k2k0j",
    "h": "0a0i ~0f2d4d5f 5f5i",
    "i": "0d0i 0b",
    "j": "2d2i ~2i1k0k 2b",
    "k": "0a0i 4d0g4i",
    "l": "0a0g ~0g0h1i2i",
    "m": "0d0i ~0f1d3d4f 4f4i ~4f5d7d8f 8f8i",
    "n": "0d0i ~0f2d4d5f 5f5i",
    "o": "~2d0e0g2i4g4e2d",
    "p": "0d0k ~0e2d4e5f4h2i0h",
    "q": "5d5k ~5e3d1e0f1h3i5h",
    "r": "0d0i ~0f1d3d",
    "s": "~4e2d0e1f3f4h2i0h",
    "t": "1b1g ~1g2i3i 0d3d",
    "u": "0d0g ~0g1i3i5g 5d5i",
    "v": "0d2i4d",
    "w": "0d1i3e5i6d",
    "x": "0d4i 4d0i",
    "y": "0d2i 4d2i1k0k",
    "z": "0d4d0i4i",
    "0": "~2a0c0g2i4g4c2a",
    "1": "0c2a2i",
    "2": "~0c1a3a4c2f 2f0i4i",
    "3": "~0b2a4b4d2e ~2e4f4h2i0h",
    "4": "3i3a0f5f",
    "5": "4a0a0d ~0d2d4f3i1i0h",
    "6": "~4b2a0d0g2i4g4f2d0f",
    "7": "0a4a1i",
    "8": "~2e0c1a3a4c2e0f0h2i4h4f2e",
    "9": "~4d2e0c2a4c4e3h1i0h",
    " ": "",
    "!": "0a0f 0i",
    "\"": "0a0c 2a2c",
    "#": "1b0h 4b3h 0d5d 0f5f",
    "$": "~4c2b0c1d3e4g2h0g 2a2i",
    "%": "5a0i ~1a0b1c2b1a ~4g3h4i5h4g",
    "&": "~5i2d1b2a3b1e0g2i4g5f",
    "'": "0a0c",
    "(": "~2a0c0g2i",
    ")": "~0a2c2g0i",
    "*": "2b2f 0c4e 4c0e",
    "+": "2d2h 0f4f",
    ",": "1h0j",
    "-": "0f3f",
    ".": "0i",
    "/": "0i4a",
    ":": "0d 0i",
    ";": "1d 1h0j",
    "<": "4d0f4h",
    "=": "0e4e 0g4g",
    ">": "0d4f0h",
    "?": "~0b2a4b3d2f 2i",
    "@": "~4d3c2d2f3f4e 4c4e ~4e5f6e5b3a1b0e1h3i5h",
    "[": "2a0a0i2i",
    "\\": "0a4i",
    "]": "0a2a2i0i",
    "^": "0c2a4c",
    "_": "0j5j",
    "`": "0a1b",
    "{": "~2a1b1d0e1f1h2i",
    "|": "0a0k",
    "}": "~0a1b1d2e1f1h0i",
    "~": "~0f1e3g4f",
    "×": "0d4h 4d0h",
    "·": "0f",
    "−": "0f4f",
    "±": "2b2f 0d4d 0h4h",
    "°": "~1a0b1c2b1a",
    "ı": "0d0i",
    "ß": "0i0c ~0c1a3a4b3d2e ~2e4e5g4i2i",
    "Æ": "0i4a8a 4a4i8i 2f4f 4e7e",
    "æ": "~4e3d1d0f1h3i4h 4d4i 4f8f ~8f7d5d4f5h6i8h",
    "Œ": "~4a1b0e1h4i 4a8a 4a4i8i 4e7e",
    "œ": "~2d0e0g2i4g4e2d 4f8f ~8f7d5d4f5h6i8h",
    "Ø": "~3a1b0e1h3i5h6e5b3a 0i6a",
    "ø": "~2d0e0g2i4g4e2d 0i4d",
    "Ł": "1a1i6i 0f3d",
    "ł": "1a1g ~1g1h2i3i 0f3d",
    "Đ": "3a1a1i3i ~3a6b7e6h3i 0e4e",
    "đ": "5a5i ~5e3d1e0f1h3i5h 3b6b",
  ]
}
