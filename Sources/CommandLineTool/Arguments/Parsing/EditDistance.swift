/// How far apart two words are in slips of the typing hand: letters left out, added, replaced, or
/// two neighbours swapped (optimal string alignment).
///
/// Reference: Damerau, "A technique for computer detection and correction of spelling errors",
/// 1964, doi:10.1145/363958.363994.
enum EditDistance {
  static func between(_ first: String, _ second: String) -> Int {
    let a = Array(first)
    let b = Array(second)
    // Three rows of the table: each entry is the distance of the first letters of a and of b.
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, replaced)
        if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }

  /// The candidate that a mistyped word most likely meant: one that begins with it, or one at most
  /// a third of its letters away (the first of equals), or none.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.count > 1 else { return nil }
    let lowercase = word.lowercased()
    if let longer = candidates.first(where: { $0.hasPrefix(lowercase) }) { return longer }
    let distances = candidates.map { (name: $0, distance: between(lowercase, $0)) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, (word.count + 1) / 3) ? best.name : nil
  }
}
