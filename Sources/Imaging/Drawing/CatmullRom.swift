/// A number on the way between two knots: the cubic whose slope at each is that of the line between
/// its neighbours (Catmull and Rom 1974).
func catmullRom(
  _ before: Double, _ from: Double, _ to: Double, _ after: Double, at t: Double
) -> Double {
  let leaving = (to - before) / 2
  let arriving = (after - from) / 2
  let rise = to - from
  let bend = 3 * rise - 2 * leaving - arriving
  return from + t * (leaving + t * (bend + t * (leaving + arriving - 2 * rise)))
}

/// A round line through the points, in short straight pieces; closed without a corner when it ends
/// where it began.
func smoothed(_ points: [Point]) -> [Point] {
  guard points.count > 2, let first = points.first, let last = points.last else { return points }
  let isClosed = first == last
  let steps = 6
  var line = [first]
  for piece in 1..<points.count {
    let (from, to) = (points[piece - 1], points[piece])
    let before = piece > 1 ? points[piece - 2] : isClosed ? points[points.count - 2] : from
    let after = piece + 1 < points.count ? points[piece + 1] : isClosed ? points[1] : to
    for step in 1...steps {
      let t = Double(step) / Double(steps)
      line.append(
        Point(
          x: catmullRom(before.x, from.x, to.x, after.x, at: t),
          y: catmullRom(before.y, from.y, to.y, after.y, at: t)))
    }
  }
  return line
}
