import Attribution
import Paths

/// Names of files that something drawn may have: what ``MapNames`` and ``SegmentDrawing`` make of a
/// picture's, and those of every ``SummaryDrawing``.
///
/// Whether it was drawn stands in the file. By their names, searches need not open the others.
enum DrawnName {
  static func isPossible(_ name: String) -> Bool {
    if summaries.contains(name) { return true }
    // Most names have one dot, and are not looked at further.
    let dot = UInt8(ascii: ".")
    guard name.utf8.count(where: { $0 == dot }) > 1, name.fileEnding == "png" else { return false }
    var words = name.utf8.split(separator: dot).dropLast().map { Substring($0) }
    if words.count > 1, let last = words.last, others.contains(last) { return true }
    if let last = words.last, products.contains(last) { words.removeLast() }
    if let last = words.last, last.hasPrefix("top"), Int(last.dropFirst(3)) != nil {
      words.removeLast()
    }
    guard words.count > 1, let last = words.last else { return false }
    return methods.contains(last) || methods.contains(withoutNumber(last))
  }

  /// The method's name in `occlusion-2`.
  private static func withoutNumber(_ word: Substring) -> Substring {
    guard let dash = word.lastIndex(of: "-"), Int(word[word.index(after: dash)...]) != nil else {
      return word
    }
    return word[..<dash]
  }

  private static let methods = Set(MethodCatalogue.all.map { Substring($0.name) })
  private static let summaries = Set(SummaryDrawing.allCases.map(\.fileName))
  private static let others = words(SegmentDrawing.allCases.map(\.ending) + summaries)
  private static let products = words(MapProduct.allCases.map(\.ending))

  /// What stands in endings before the last dot.
  private static func words(_ endings: [String]) -> Set<Substring> {
    Set(endings.compactMap { $0.split(separator: ".").dropLast().last })
  }
}
