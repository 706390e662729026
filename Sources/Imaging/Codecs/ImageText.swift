/// A note inside a PNG, such as `Title` or `Software`.
public struct ImageText: Sendable, Equatable {
  /// 1 to 79 characters of Latin-1.
  public let keyword: String
  public let text: String
  /// A language tag such as `de` and the keyword in that language; empty when not given.
  public let language: String
  public let translatedKeyword: String

  public init(
    keyword: String, text: String, language: String = "", translatedKeyword: String = ""
  ) {
    self.keyword = keyword
    self.text = text
    self.language = language
    self.translatedKeyword = translatedKeyword
  }
}

extension ImageText {
  /// PNG asks of a keyword: printable Latin-1, no space at its ends and no two in a row.
  public var hasValidKeyword: Bool {
    let scalars = Array(keyword.unicodeScalars)
    guard (1...79).contains(scalars.count), scalars.first != " ", scalars.last != " " else {
      return false
    }
    let printable = scalars.allSatisfy {
      (0x20...0x7E).contains($0.value) || (0xA1...0xFF).contains($0.value)
    }
    return printable && !zip(scalars, scalars.dropFirst()).contains { $0 == " " && $1 == " " }
  }

  /// Whether a plain chunk can hold it: Latin-1 has no letters above U+00FF.
  var isLatin: Bool {
    language.isEmpty && translatedKeyword.isEmpty
      && text.unicodeScalars.allSatisfy { (1...0xFF).contains($0.value) }
  }
}
