/// A path by its bytes: names that differ in Unicode's normal form are names of two files here,
/// though as texts they are equal.
struct ExactPath: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (first: ExactPath, second: ExactPath) -> Bool {
    first.text.utf8.elementsEqual(second.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xFF))
  }

  /// An order that tells such names apart.
  static func precedes(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
