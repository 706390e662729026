/// Places in a row as words: 1st, 2nd, 99th.
public enum Ordinal {
  public static func text(_ number: Int) -> String { "\(number)" + ending(number) }

  /// Of a number that may have decimals: 99.5th.
  public static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return text(whole) }
    return "\(number)th"
  }

  private static func ending(_ number: Int) -> String {
    if (11...13).contains(abs(number) % 100) { return "th" }
    return switch abs(number) % 10 {
    case 1: "st"
    case 2: "nd"
    case 3: "rd"
    default: "th"
    }
  }
}
