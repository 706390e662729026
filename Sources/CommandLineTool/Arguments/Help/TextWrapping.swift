/// Lays words out in lines of a given width.
enum TextWrapping {
  /// The words of a text in lines of at most `width` characters; a longer word has its own line.
  static func lines(of text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Terms on the left, their descriptions on the right; a term too long for its column has the
  /// line to itself.
  static func table(
    _ rows: [(term: String, description: String)], termWidth: Int, width: Int
  ) -> [String] {
    let margin = String(repeating: " ", count: termWidth + 4)
    return rows.flatMap { row in
      let described = lines(of: row.description, width: max(24, width - termWidth - 4))
      let padding = termWidth - row.term.count
      guard padding >= 0, let first = described.first else {
        return ["  " + row.term] + described.map { margin + $0 }
      }
      let opening = "  " + row.term + String(repeating: " ", count: padding + 2) + first
      return [opening] + described.dropFirst().map { margin + $0 }
    }
  }
}
