/// A digit as a hand wrote it once: the strokes of a glyph, jittered, leaning, drawn with a pen.
struct Handwriting {
  /// In units of about the digit's height.
  let strokes: [[StrokePoint]]

  init(label: Int, random: inout RandomStream) {
    let glyph = random.choice(DigitGlyph.variants[label])
    let hand = Hand(random: &random)
    let jitter = random.number(in: 0.01...0.04)
    strokes = glyph.strokes.map { knots in
      let shiftX = 0.02 * random.bell()
      let shiftY = 0.02 * random.bell()
      let moved = knots.map { knot in
        DigitGlyph.Knot(
          x: knot.x + shiftX + jitter * random.bell(), y: knot.y + shiftY + jitter * random.bell(),
          isCorner: knot.isCorner)
      }
      return hand.draw(moved, random: &random)
    }
  }
}

/// What stays the same while somebody writes a digit: how it leans, how wide it is, how the pen lies.
private struct Hand {
  let width: Double
  let slant: Double
  let cosine: Double
  let sine: Double
  let radius: Double
  let pressure: Double
  let bend: (x: Double, y: Double, phase: Double)

  init(random: inout RandomStream) {
    width = 0.88 + 0.17 * random.bell()
    slant = 0.14 + 0.17 * random.bell()
    let turn = 0.03 * random.bell()
    cosine = Imaging.cosine(halfTurns: turn)
    sine = Imaging.sine(halfTurns: turn)
    radius = random.number(in: 0.038...0.092)
    pressure = random.number(in: 0...0.22)
    bend = (0.035 * random.bell(), 0.035 * random.bell(), random.number(in: 0...2))
  }

  /// The round line through the knots, sharp at corners.
  func draw(_ knots: [DigitGlyph.Knot], random: inout RandomStream) -> [StrokePoint] {
    let beat = (rate: random.number(in: 0.5...1.5), phase: random.number(in: 0...2))
    let steps = 8
    var line: [StrokePoint] = []
    for piece in 1..<knots.count {
      let (from, to) = (knots[piece - 1], knots[piece])
      let before = from.isCorner || piece == 1 ? from : knots[piece - 2]
      let after = to.isCorner || piece + 1 == knots.count ? to : knots[piece + 1]
      for step in (piece == 1 ? 0 : 1)...steps {
        let t = Double(step) / Double(steps)
        let time = Double(piece - 1) + t
        let press = 1 + pressure * Imaging.sine(halfTurns: beat.phase + beat.rate * time)
        line.append(
          place(
            x: catmullRom(before.x, from.x, to.x, after.x, at: t),
            y: catmullRom(before.y, from.y, to.y, after.y, at: t), radius: radius * press))
      }
    }
    return line
  }

  /// From the glyph's box to the paper.
  private func place(x: Double, y: Double, radius: Double) -> StrokePoint {
    let bentX = x + bend.x * Imaging.sine(halfTurns: 1.5 * y + bend.phase)
    let bentY = y + bend.y * Imaging.sine(halfTurns: 1.5 * x + bend.phase)
    let leaningX = (bentX - 0.5) * width + slant * (0.5 - bentY)
    let leaningY = bentY - 0.5
    return StrokePoint(
      x: cosine * leaningX - sine * leaningY, y: sine * leaningX + cosine * leaningY,
      radius: radius)
  }
}
