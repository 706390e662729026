import Imaging

/// Text that has to fit.
enum TextLines {
  /// The text in lines that are no wider than given, broken between words.
  static func wrapped(_ text: String, height: Double, width: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty && Canvas.width(of: longer, height: height) > width {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The text, cut with dots where it would be wider than given.
  static func cut(_ text: String, height: Double, width: Double) -> String {
    guard Canvas.width(of: text, height: height) > width else { return text }
    var rest = text
    while !rest.isEmpty && Canvas.width(of: rest + "...", height: height) > width {
      rest.removeLast()
    }
    return rest + "..."
  }
}
