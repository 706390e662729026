/// Columns of text, each as wide as its longest cell, under their titles if they have any.
struct TextTable {
  struct Column {
    let title: String
    let isRight: Bool

    /// Longer cells and titles lose their middle.
    let most: Int

    static func left(_ title: String, most: Int) -> Column {
      Column(title: title, isRight: false, most: most)
    }

    static func right(_ title: String, most: Int = 24) -> Column {
      Column(title: title, isRight: true, most: most)
    }
  }

  private let columns: [Column]
  private var rows: [[String]]

  init(_ columns: [Column]) {
    self.columns = columns
    rows = [columns.map { $0.title.shortened(to: $0.most) }]
  }

  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "\(cells.count) cells in \(columns.count) columns")
    rows.append(zip(cells, columns).map { $0.shortened(to: $1.most) })
  }

  /// The titles and the rows; columns that are empty throughout are left out.
  var lines: [String] {
    let kept = columns.indices.filter { index in
      rows.dropFirst().contains { !$0[index].isEmpty }
    }
    let widths = columns.indices.map { index in rows.map { $0[index].count }.max() ?? 0 }
    let shown = columns.allSatisfy(\.title.isEmpty) ? rows.dropFirst() : rows[...]
    return shown.map { row in
      var line = kept.map { index in
        let space = String(repeating: " ", count: widths[index] - row[index].count)
        return columns[index].isRight ? space + row[index] : row[index] + space
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension String {
  fileprivate func shortened(to limit: Int) -> String {
    guard count > limit else { return self }
    return prefix(limit / 2 - 1) + "…" + suffix(limit - limit / 2)
  }
}
