/// Numbers as the page writes them, with the signs of typography.
enum ReportFigures {
  /// Three significant digits, signed.
  static func signed(_ value: Double) -> String {
    guard value.isFinite else { return "not a number" }
    return value == 0 ? "0" : (value < 0 ? "\u{2212}" : "+") + magnitude(abs(value))
  }

  /// What a sum has too little, or too much where that is negative.
  static func missing(_ value: Double) -> String {
    magnitude(abs(value)) + (value < 0 && value.isFinite ? " too much" : "")
  }

  /// Three significant digits of a number that is not negative.
  static func magnitude(_ value: Double) -> String {
    guard value.isFinite else { return "not a number" }
    guard value > 0 else { return "0" }
    var exponent = 0
    var mantissa = value
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    if exponent < -4 || exponent > 5 {
      return "\(decimal(mantissa, places: 2))e\(exponent < 0 ? "\u{2212}" : "")\(abs(exponent))"
    }
    return decimal(value, places: max(0, 2 - exponent))
  }

  /// The numbers that the colours of a map reach to.
  static func range(_ magnitude: Double, _ signs: ShownSigns) -> String {
    switch signs {
    case .both: "±" + self.magnitude(magnitude)
    case .none: "0 to " + self.magnitude(magnitude)
    case .hidden: "0 to \(self.magnitude(magnitude)), without sign"
    }
  }

  private static func decimal(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let rounded = (value * Double(scale)).rounded()
    guard rounded.magnitude < 1e15 else { return "\(value)" }
    let scaled = Int(rounded)
    guard places > 0 else { return String(scaled) }
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }
}
