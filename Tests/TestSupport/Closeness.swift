public import Testing

/// How far apart two lists of numbers are, in units of what is allowed.
///
/// The bound is `max(absolute, relative · scale)` with `scale` the largest reference magnitude: a
/// share of each single value would vanish where the value does.
public func expectClose(
  _ values: [Float], _ reference: [Double], relative: Double = 1e-4, absolute: Double = 1e-6,
  _ comment: @autoclosure () -> Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard values.count == reference.count else {
    Issue.record(
      "\(values.count) values against \(reference.count)", sourceLocation: sourceLocation)
    return
  }
  let scale = reference.reduce(0) { max($0, abs($1)) }
  let bound = max(absolute, relative * scale)
  var worst = 0.0
  var place = -1
  for (index, value) in values.enumerated() {
    let distance = abs(Double(value) - reference[index])
    if !(distance <= worst) { (worst, place) = (distance, index) }
  }
  guard !(worst <= bound) else { return }
  let note = comment().map { ": \($0)" } ?? ""
  Issue.record(
    """
    value \(place) is \(values[place]), not \(reference[place]) \
    (off by \(worst), allowed \(bound))\(note)
    """,
    sourceLocation: sourceLocation)
}
