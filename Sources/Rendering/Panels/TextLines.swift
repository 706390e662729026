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

  /// The text, with dots for its middle where it would be wider than given: what tells files apart is
  /// mostly at the end of their names.
  static func cutInside(_ text: String, height: Double, width: Double) -> String {
    guard Canvas.width(of: text, height: height) > width else { return text }
    var (head, tail) = (text.prefix(text.count / 2), text.dropFirst(text.count / 2))
    while !tail.isEmpty && Canvas.width(of: head + "..." + tail, height: height) > width {
      if head.count >= tail.count { head.removeLast() } else { tail.removeFirst() }
    }
    return head + "..." + tail
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
