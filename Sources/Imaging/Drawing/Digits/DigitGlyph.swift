/// One way to write a digit: what the pen does, in a box about 1 high with x to the right and y down.
struct DigitGlyph {
  /// From pen down to pen up, each.
  let strokes: [[Knot]]

  /// A place the pen passes through.
  struct Knot {
    var x: Double
    var y: Double
    /// Whether the pen may turn sharply here.
    var isCorner: Bool
  }

  init(_ strokes: [Knot]...) { self.strokes = strokes }
}

private func at(_ x: Double, _ y: Double) -> DigitGlyph.Knot {
  DigitGlyph.Knot(x: x, y: y, isCorner: false)
}

private func corner(_ x: Double, _ y: Double) -> DigitGlyph.Knot {
  DigitGlyph.Knot(x: x, y: y, isCorner: true)
}

extension DigitGlyph {
  /// The ways to write each digit; a way that stands twice is twice as common.
  static let variants: [[DigitGlyph]] = [
    zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines,
  ]

  private static let zeros = [
    // Round.
    DigitGlyph([
      at(0.50, 0.02), at(0.24, 0.14), at(0.10, 0.48), at(0.22, 0.86), at(0.50, 0.98),
      at(0.80, 0.84), at(0.90, 0.48), at(0.76, 0.14), at(0.48, 0.02),
    ]),
    // Slim.
    DigitGlyph([
      at(0.48, 0.01), at(0.30, 0.16), at(0.22, 0.52), at(0.30, 0.88), at(0.48, 0.99),
      at(0.68, 0.86), at(0.75, 0.48), at(0.66, 0.14), at(0.46, 0.02),
    ]),
    // Begun at the upper right, its end crossing the beginning.
    DigitGlyph([
      at(0.70, 0.10), at(0.40, 0.04), at(0.14, 0.30), at(0.12, 0.70), at(0.38, 0.98),
      at(0.72, 0.86), at(0.90, 0.50), at(0.76, 0.16), at(0.50, 0.05),
    ]),
    // Wide, closed at the top with a small overlap inside.
    DigitGlyph([
      at(0.62, 0.06), at(0.30, 0.10), at(0.02, 0.50), at(0.26, 0.92), at(0.62, 0.96),
      at(0.98, 0.60), at(0.90, 0.20), at(0.56, 0.06), at(0.44, 0.16),
    ]),
    // Not quite closed.
    DigitGlyph([
      at(0.44, 0.06), at(0.18, 0.22), at(0.08, 0.60), at(0.26, 0.94), at(0.60, 0.96),
      at(0.88, 0.66), at(0.84, 0.24), at(0.62, 0.04),
    ]),
  ]

  private static let ones = [
    // A plain stroke.
    DigitGlyph([at(0.50, 0.00), at(0.49, 0.50), at(0.48, 1.00)]),
    DigitGlyph([at(0.54, 0.00), at(0.50, 0.50), at(0.46, 1.00)]),
    DigitGlyph([at(0.62, 0.00), at(0.50, 0.52), at(0.36, 1.00)]),
    // With a flag.
    DigitGlyph([at(0.38, 0.18), corner(0.54, 0.02), at(0.52, 0.50), at(0.50, 1.00)]),
    // With a flag and a foot.
    DigitGlyph(
      [at(0.34, 0.19), corner(0.52, 0.02), at(0.51, 0.50), at(0.50, 0.98)],
      [at(0.26, 0.98), at(0.50, 0.97), at(0.76, 0.97)]),
  ]

  private static let twos = [
    // No loop.
    DigitGlyph([
      at(0.14, 0.24), at(0.34, 0.04), at(0.64, 0.04), at(0.78, 0.26), at(0.62, 0.56),
      at(0.36, 0.80), corner(0.12, 0.97), at(0.46, 0.95), at(0.88, 0.96),
    ]),
    // No loop, a swung foot.
    DigitGlyph([
      at(0.16, 0.18), at(0.44, 0.01), at(0.74, 0.16), at(0.70, 0.46), at(0.42, 0.78),
      corner(0.14, 0.96), at(0.40, 0.88), at(0.62, 0.94), at(0.90, 0.90),
    ]),
    // A loop at the foot.
    DigitGlyph([
      at(0.18, 0.20), at(0.42, 0.02), at(0.70, 0.12), at(0.72, 0.40), at(0.50, 0.72),
      at(0.24, 0.94), at(0.10, 0.90), at(0.18, 0.76), at(0.38, 0.80), at(0.60, 0.94),
      at(0.92, 0.88),
    ]),
    // A wide loop and a long foot.
    DigitGlyph([
      at(0.20, 0.16), at(0.46, 0.02), at(0.66, 0.18), at(0.62, 0.46), at(0.36, 0.82),
      at(0.12, 0.96), at(0.02, 0.84), at(0.18, 0.70), at(0.44, 0.80), at(0.72, 0.96),
      at(1.06, 0.92),
    ]),
    // Angular.
    DigitGlyph([
      at(0.16, 0.16), at(0.44, 0.02), at(0.72, 0.08), at(0.62, 0.40), corner(0.10, 0.98),
      at(0.50, 0.96), at(0.96, 0.94),
    ]),
  ]

  private static let threes = [
    // Two round bows.
    DigitGlyph([
      at(0.18, 0.14), at(0.42, 0.01), at(0.70, 0.10), at(0.70, 0.32), corner(0.40, 0.47),
      at(0.70, 0.54), at(0.82, 0.76), at(0.56, 0.98), at(0.14, 0.90),
    ]),
    // The bows run into each other.
    DigitGlyph([
      at(0.20, 0.10), at(0.52, 0.01), at(0.74, 0.18), at(0.62, 0.40), at(0.42, 0.46),
      at(0.66, 0.52), at(0.80, 0.74), at(0.58, 0.97), at(0.16, 0.92),
    ]),
    // A flat top.
    DigitGlyph([
      at(0.16, 0.05), at(0.46, 0.04), corner(0.76, 0.03), at(0.58, 0.24), corner(0.42, 0.42),
      at(0.70, 0.50), at(0.80, 0.74), at(0.56, 0.97), at(0.12, 0.90),
    ]),
    // A small upper bow, begun low.
    DigitGlyph([
      at(0.14, 0.22), at(0.36, 0.02), at(0.64, 0.08), at(0.62, 0.30), corner(0.34, 0.42),
      at(0.66, 0.46), at(0.84, 0.68), at(0.66, 0.94), at(0.32, 0.98), at(0.08, 0.84),
    ]),
    // A little loop in the middle.
    DigitGlyph([
      at(0.20, 0.10), at(0.50, 0.01), at(0.74, 0.16), at(0.58, 0.40), at(0.38, 0.48),
      at(0.36, 0.42), at(0.62, 0.48), at(0.80, 0.72), at(0.58, 0.97), at(0.12, 0.94),
    ]),
  ]

  private static let fours = [
    // Open, the right stroke long.
    DigitGlyph(
      [at(0.20, 0.04), at(0.16, 0.28), corner(0.12, 0.54), at(0.46, 0.55), at(0.86, 0.50)],
      [at(0.74, 0.06), at(0.70, 0.50), at(0.66, 1.00)]),
    // Open, rounded.
    DigitGlyph(
      [at(0.18, 0.02), at(0.12, 0.30), at(0.18, 0.52), at(0.44, 0.56), at(0.72, 0.46)],
      [at(0.80, 0.02), at(0.74, 0.46), at(0.68, 1.00)]),
    // Open, in one go: down, across, up and down again.
    DigitGlyph([
      at(0.24, 0.06), at(0.14, 0.36), at(0.20, 0.54), at(0.46, 0.50), at(0.70, 0.26),
      corner(0.78, 0.06), at(0.72, 0.50), at(0.62, 1.00),
    ]),
    // Closed.
    DigitGlyph(
      [
        at(0.66, 0.02), at(0.38, 0.34), corner(0.08, 0.64), at(0.46, 0.64), at(0.92, 0.62),
      ],
      [at(0.66, 0.03), at(0.65, 0.50), at(0.64, 1.00)]),
    // Open, low and wide.
    DigitGlyph(
      [at(0.26, 0.14), at(0.12, 0.42), corner(0.04, 0.62), at(0.50, 0.58), at(1.00, 0.56)],
      [at(0.78, 0.00), at(0.70, 0.50), at(0.60, 1.00)]),
  ]

  private static let fives = [
    // The hat apart.
    DigitGlyph(
      [
        at(0.26, 0.06), corner(0.22, 0.44), at(0.50, 0.38), at(0.78, 0.54), at(0.78, 0.80),
        at(0.50, 0.98), at(0.12, 0.90),
      ],
      [at(0.26, 0.06), at(0.52, 0.04), at(0.84, 0.02)]),
    // In one go, from the hat.
    DigitGlyph([
      at(0.82, 0.04), at(0.56, 0.04), corner(0.30, 0.06), corner(0.22, 0.46), at(0.52, 0.40),
      at(0.78, 0.58), at(0.74, 0.84), at(0.46, 0.98), at(0.12, 0.92),
    ]),
    // A slim one with a long hat.
    DigitGlyph(
      [
        at(0.36, 0.08), corner(0.26, 0.42), at(0.48, 0.42), at(0.68, 0.60), at(0.62, 0.86),
        at(0.38, 0.98), at(0.14, 0.94),
      ],
      [at(0.36, 0.08), at(0.62, 0.06), at(0.96, 0.00)]),
    // Like an S, in one go.
    DigitGlyph([
      at(0.84, 0.06), at(0.54, 0.03), at(0.28, 0.18), at(0.34, 0.40), at(0.62, 0.52),
      at(0.76, 0.74), at(0.54, 0.96), at(0.14, 0.94),
    ]),
    // A wide belly.
    DigitGlyph(
      [
        at(0.24, 0.10), corner(0.20, 0.46), at(0.46, 0.34), at(0.84, 0.48), at(0.88, 0.78),
        at(0.56, 0.99), at(0.10, 0.86),
      ],
      [at(0.24, 0.10), at(0.56, 0.08), at(0.92, 0.08)]),
  ]

  private static let sixes = [
    DigitGlyph([
      at(0.70, 0.02), at(0.40, 0.20), at(0.18, 0.54), at(0.18, 0.82), at(0.42, 0.98),
      at(0.72, 0.86), at(0.74, 0.62), at(0.48, 0.52), at(0.18, 0.70),
    ]),
    // A straight back.
    DigitGlyph([
      at(0.52, 0.00), at(0.32, 0.30), at(0.16, 0.64), at(0.20, 0.90), at(0.46, 0.99),
      at(0.72, 0.86), at(0.74, 0.66), at(0.54, 0.56), at(0.24, 0.74),
    ]),
    // A wide curl that ends inside.
    DigitGlyph([
      at(0.62, 0.02), at(0.42, 0.14), at(0.24, 0.38), at(0.14, 0.66), at(0.30, 0.94),
      at(0.60, 0.96), at(0.80, 0.76), at(0.66, 0.56), at(0.40, 0.58), at(0.17, 0.76),
    ]),
    // A big belly, closed on the stem.
    DigitGlyph([
      at(0.60, 0.02), at(0.32, 0.24), at(0.12, 0.60), at(0.20, 0.92), at(0.54, 0.98),
      at(0.86, 0.80), at(0.78, 0.54), at(0.46, 0.50), at(0.16, 0.74),
    ]),
  ]

  private static let sevens = [
    DigitGlyph([
      at(0.12, 0.08), at(0.46, 0.06), corner(0.82, 0.05), at(0.62, 0.44), at(0.44, 1.00),
    ]),
    DigitGlyph([
      at(0.12, 0.12), at(0.46, 0.06), at(0.78, 0.08), at(0.74, 0.30), at(0.58, 0.62),
      at(0.50, 1.00),
    ]),
    // A serif at the left.
    DigitGlyph([
      at(0.12, 0.22), corner(0.13, 0.06), at(0.46, 0.07), corner(0.82, 0.04), at(0.60, 0.46),
      at(0.46, 1.00),
    ]),
    // With a bar.
    DigitGlyph(
      [at(0.12, 0.08), at(0.46, 0.06), corner(0.82, 0.05), at(0.60, 0.48), at(0.46, 1.00)],
      [at(0.34, 0.52), at(0.58, 0.50), at(0.84, 0.48)]),
    // A hook at the left and a bent stem.
    DigitGlyph([
      at(0.10, 0.26), at(0.20, 0.10), at(0.48, 0.10), at(0.80, 0.04), at(0.74, 0.30),
      at(0.60, 0.60), at(0.54, 1.00),
    ]),
    // Wide, the stem upright.
    DigitGlyph([
      at(0.00, 0.10), at(0.44, 0.06), corner(0.86, 0.08), at(0.70, 0.50), at(0.64, 1.00),
    ]),
  ]

  private static let eights = [
    // One line, crossing itself.
    DigitGlyph([
      at(0.74, 0.14), at(0.50, 0.02), at(0.24, 0.16), at(0.34, 0.38), at(0.62, 0.56),
      at(0.74, 0.80), at(0.50, 0.98), at(0.24, 0.82), at(0.36, 0.58), at(0.62, 0.38),
      at(0.76, 0.16),
    ]),
    // The same begun in the middle.
    DigitGlyph([
      at(0.50, 0.47), at(0.28, 0.30), at(0.32, 0.08), at(0.54, 0.02), at(0.72, 0.16),
      at(0.60, 0.40), at(0.34, 0.60), at(0.24, 0.82), at(0.48, 0.98), at(0.74, 0.84),
      at(0.68, 0.60), at(0.50, 0.47),
    ]),
    // Two rings.
    DigitGlyph(
      [
        at(0.52, 0.02), at(0.30, 0.10), at(0.28, 0.34), at(0.50, 0.46), at(0.72, 0.34),
        at(0.72, 0.12), at(0.50, 0.02),
      ],
      [
        at(0.50, 0.46), at(0.24, 0.58), at(0.22, 0.86), at(0.50, 0.99), at(0.78, 0.86),
        at(0.76, 0.58), at(0.50, 0.46),
      ]),
    // Leaning, open at the top.
    DigitGlyph([
      at(0.84, 0.12), at(0.56, 0.04), at(0.26, 0.14), at(0.34, 0.36), at(0.58, 0.54),
      at(0.64, 0.80), at(0.40, 0.98), at(0.18, 0.84), at(0.32, 0.62), at(0.60, 0.40),
      at(0.86, 0.06),
    ]),
  ]

  private static let nines = [
    // A straight stem.
    DigitGlyph([
      at(0.76, 0.16), at(0.52, 0.03), at(0.24, 0.16), at(0.24, 0.40), at(0.48, 0.50),
      at(0.70, 0.36), corner(0.78, 0.12), at(0.74, 0.50), at(0.70, 1.00),
    ]),
    // A curved stem.
    DigitGlyph([
      at(0.74, 0.14), at(0.48, 0.02), at(0.22, 0.20), at(0.26, 0.42), at(0.50, 0.46),
      at(0.72, 0.30), at(0.77, 0.20), at(0.76, 0.62), at(0.56, 0.94), at(0.24, 0.94),
    ]),
    // A leaning one, the ring not quite closed.
    DigitGlyph([
      at(0.70, 0.10), at(0.44, 0.06), at(0.22, 0.26), at(0.30, 0.44), at(0.56, 0.40),
      at(0.74, 0.18), at(0.76, 0.40), at(0.64, 0.72), at(0.52, 1.00),
    ]),
    // A flat ring with an upright stem of its own.
    DigitGlyph(
      [
        at(0.72, 0.10), at(0.44, 0.02), at(0.16, 0.18), at(0.22, 0.40), at(0.50, 0.44),
        at(0.72, 0.22),
      ],
      [at(0.74, 0.06), at(0.72, 0.50), at(0.68, 1.00)]),
    // A stem that swings left.
    DigitGlyph([
      at(0.78, 0.18), at(0.54, 0.02), at(0.22, 0.18), at(0.24, 0.44), at(0.54, 0.48),
      at(0.78, 0.24), at(0.72, 0.58), at(0.50, 0.84), at(0.26, 1.00),
    ]),
  ]
}
