/// sin(πx), by its power series about the nearest whole x.
///
/// The system's mathematics library may differ in the last place from machine to machine; this gives
/// the same bits everywhere, so that resized and drawn pictures do too.
func sine(halfTurns x: Double) -> Double {
  let whole = Int(x < 0 ? x - 0.5 : x + 0.5)
  let angle = (x - Double(whole)) * .pi
  let square = angle * angle
  var sum = 0.0
  for step in stride(from: 9, through: 1, by: -1) {
    sum = (sum + 1) * -square / Double(2 * step * (2 * step + 1))
  }
  let value = angle * (sum + 1)
  return whole.isMultiple(of: 2) ? value : -value
}

func cosine(halfTurns x: Double) -> Double { sine(halfTurns: x + 0.5) }
