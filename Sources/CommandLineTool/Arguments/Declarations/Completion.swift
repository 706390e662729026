/// What a shell offers for a value: words, and files beside them or alone.
struct Completion: Sendable, Equatable {
  var words: [String] = []

  /// Whether a value is several of the words with commas between them.
  var isList = false
  var files: Files?

  enum Files: Sendable, Equatable {
    /// Files with one of these extensions (all files if there is none), and folders to descend into.
    case files(extensions: [String])
    case folders
  }

  static let none = Completion()
  static let folders = Completion(files: .folders)

  static func choices(_ words: [String]) -> Self { Self(words: words) }
  static func list(of words: [String]) -> Self { Self(words: words, isList: true) }
  static func files(extensions: [String]) -> Self { Self(files: .files(extensions: extensions)) }
}

extension ValueSyntax {
  /// The same value, for which a shell also offers these words; they need not be all that there are.
  func offering(_ words: [String]) -> Self {
    var completion = completion
    completion.words += words
    return Self(
      placeholder: placeholder, completion: completion, expectation: expectation, read: read)
  }
}
