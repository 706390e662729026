/// Shares as percentages: the same words in the terminal, on pages and in pictures.
public enum Percentage {
  /// With two decimals. What is not certain is not rounded to certainty, nor what is possible to
  /// impossibility.
  public static func text(_ share: Double) -> String {
    guard share.isFinite else { return "not a number" }
    guard abs(share) < 1e12 else { return "\(100 * share) %" }
    let hundredths = Int((10_000 * share).rounded())
    if hundredths == 10_000 && share < 1 { return "> 99.99 %" }
    if hundredths == 0 && share > 0 { return "< 0.01 %" }
    let rest = abs(hundredths) % 100
    return (hundredths < 0 ? "-" : "") + "\(abs(hundredths) / 100).\(rest < 10 ? "0" : "")\(rest) %"
  }
}
