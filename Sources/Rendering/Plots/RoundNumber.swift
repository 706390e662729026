#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A number of few digits, kept in decimal so that it is written exactly.
struct RoundNumber: Hashable {
  let digits: Int
  let exponent: Int

  init(_ digits: Int, exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  var value: Double {
    exponent < 0
      ? Double(digits) / Self.power(of10: -exponent) : Double(digits) * Self.power(of10: exponent)
  }

  /// The number as people write it.
  func text(_ unit: ChartAxis.Unit) -> String {
    Self.decimal(digits, exponent: exponent + unit.places) + unit.suffix
  }

  /// What it lacks to one, as people write it.
  func textOfRest(_ unit: ChartAxis.Unit) -> String {
    let below = min(exponent, 0)
    let one = Int(Self.power(of10: -below))
    let own = digits * Int(Self.power(of10: exponent - below))
    return Self.decimal(one - own, exponent: below + unit.places) + unit.suffix
  }

  private static func power(of10 exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1) { product, _ in product * 10 }
  }

  private static func decimal(_ digits: Int, exponent: Int) -> String {
    let sign = digits < 0 ? "−" : ""
    var text = String(abs(digits))
    guard digits != 0 else { return "0" }
    guard exponent < 0 else { return sign + text + String(repeating: "0", count: exponent) }
    if text.count <= -exponent {
      text = String(repeating: "0", count: 1 - exponent - text.count) + text
    }
    let split = text.index(text.endIndex, offsetBy: exponent)
    var (whole, rest) = (text[..<split], text[split...])
    while rest.last == "0" { rest.removeLast() }
    if whole.isEmpty { whole = "0" }
    return sign + (rest.isEmpty ? String(whole) : whole + "." + rest)
  }
}

extension RoundNumber {
  /// The smallest of 1, 2, 5, 10, 20, … (and 0.5, 0.2, …) that covers a length in so many steps.
  static func step(across length: Double, steps: Int) -> RoundNumber {
    let wanted = max(length, 1e-12) / Double(max(1, steps))
    let exponent = Int(logarithm(wanted).rounded(.down))
    for digits in [1, 2, 5] {
      let number = RoundNumber(digits, exponent: exponent)
      if number.value >= wanted * (1 - 1e-9) { return number }
    }
    return RoundNumber(1, exponent: exponent + 1)
  }

  /// Numbers 1, 2, 5 (or fewer) of every decade, from the last below a range to the first above it,
  /// at most nine where they allow that.
  static func decades(around range: ClosedRange<Double>) -> [RoundNumber] {
    let lowest = Int(logarithm(range.lowerBound).rounded(.down))
    let highest = Int(logarithm(range.upperBound).rounded(.down))
    for leading in [[1, 2, 5], [1]] {
      var numbers = (lowest...highest).flatMap { exponent in
        leading.map { RoundNumber($0, exponent: exponent) }
      }
      numbers.append(RoundNumber(1, exponent: highest + 1))
      let first = numbers.lastIndex { $0.value <= range.lowerBound * (1 + 1e-9) } ?? 0
      let last = numbers.firstIndex { $0.value >= range.upperBound * (1 - 1e-9) }
      let around = Array(numbers[first...max(first + 1, last ?? numbers.count - 1)])
      if around.count <= 9 || leading.count == 1 { return around }
    }
    preconditionFailure("one tick a decade is always taken")
  }
}

/// To base 10.
func logarithm(_ value: Double) -> Double { log10(value) }
