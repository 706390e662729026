import Paths

/// The order in which people number things: `img2` before `img10`. Otherwise by Unicode scalars.
enum NaturalOrder {
  static func precedes(_ first: String, _ second: String) -> Bool {
    let (a, b) = (Array(first.utf8), Array(second.utf8))
    var (i, j) = (0, 0)
    while i < a.count && j < b.count {
      if isDigit(a[i]) && isDigit(b[j]) {
        let (x, y) = (number(a, &i), number(b, &j))
        if x.count != y.count { return x.count < y.count }
        if x != y { return x.lexicographicallyPrecedes(y) }
      } else {
        if a[i] != b[j] { return a[i] < b[j] }
        i += 1
        j += 1
      }
    }
    if a.count - i != b.count - j { return a.count - i < b.count - j }
    // 07 and 7 are the same number.
    return a.lexicographicallyPrecedes(b)
  }

  /// The order in which ``Discovery`` finds files: folder by folder.
  static func comesBefore(path first: String, _ second: String) -> Bool {
    let (a, b) = (first.pathSteps, second.pathSteps)
    guard let step = zip(a, b).first(where: { !$0.utf8.elementsEqual($1.utf8) }) else {
      return a.count < b.count
    }
    return precedes(String(step.0), String(step.1))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// The digits from a place on, without zeros before them.
  private static func number(_ bytes: [UInt8], _ place: inout Int) -> ArraySlice<UInt8> {
    let start = place
    while place < bytes.count && isDigit(bytes[place]) { place += 1 }
    return bytes[start..<place].drop { $0 == 48 }
  }
}
