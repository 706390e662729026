#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Numbers for people: three digits that count.
public enum ShortNumber {
  public static func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    // Below, a power of ten is zero itself.
    guard value.magnitude >= .leastNormalMagnitude else { return "0" }
    var exponent = Int(log10(abs(value)).rounded(.down))
    var digits = Int((abs(value) / pow(10, Double(exponent)) * 100).rounded())
    if digits == 1000 { (digits, exponent) = (100, exponent + 1) }
    let sign = value < 0 ? "-" : ""
    guard (-3...5).contains(exponent) else {
      return sign + plain(digits, point: 1) + "e\(exponent)"
    }
    if exponent >= 2 { return sign + String(digits) + String(repeating: "0", count: exponent - 2) }
    return sign + plain(digits, point: exponent + 1)
  }

  /// Three digits with a point behind the first so many; zeros at the end say nothing.
  private static func plain(_ digits: Int, point: Int) -> String {
    var text = String(digits)
    if point <= 0 { text = String(repeating: "0", count: 1 - point) + text }
    let place = text.index(text.startIndex, offsetBy: max(point, 1))
    let whole = text[..<place]
    var rest = text[place...]
    while rest.last == "0" { rest.removeLast() }
    return rest.isEmpty ? String(whole) : whole + "." + rest
  }
}
