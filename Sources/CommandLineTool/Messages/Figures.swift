/// A number with so many decimals, rounded.
func decimals(_ value: Double, _ places: Int) -> String {
  guard value.isFinite else { return "\(value)" }
  var factor = 1.0
  for _ in 0..<places { factor *= 10 }
  let scaled = (abs(value) * factor).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let whole = Int(scaled) / Int(factor)
  let rest = String(Int(scaled) % Int(factor))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + "\(whole)" }
  return sign + "\(whole)." + String(repeating: "0", count: places - rest.count) + rest
}

/// A number of things: "1 picture", "12 pictures".
func counted(_ number: Int, _ thing: String) -> String {
  number == 1 ? "1 \(thing)" : "\(number) \(thing)s"
}

/// A number without a fraction that says nothing.
func shortest(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
