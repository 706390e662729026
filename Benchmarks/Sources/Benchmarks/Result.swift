/// One row of the table.
struct Result {
  let work: String

  /// Floating point operations a second, counted as the direct method does them.
  let rate: Double

  /// What an FMA loop reaches on as many cores.
  let peak: Double

  /// The share of the peak below which something has gone wrong; nothing where none is agreed.
  let floor: Double?

  var line: String {
    let share = rate / peak
    let verdict = floor.map { share >= $0 ? percent($0) : "\(percent($0)) MISSED" } ?? ""
    return [
      padded(work, 44), padded(fixed(rate / 1e9), -8), padded(percent(share), -8),
      padded(verdict, -14),
    ].joined(separator: " ")
  }

  static let heading = [
    padded("work", 44), padded("GFLOP/s", -8), padded("of peak", -8), padded("at least", -14),
  ].joined(separator: " ")
}

/// The text with spaces after it, or before it if `width` is negative.
private func padded(_ text: String, _ width: Int) -> String {
  let spaces = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? spaces + text : text + spaces
}

private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

private func fixed(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
