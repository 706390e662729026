import FoundationEssentials

extension SHA256 {
  /// The digest of a file's content.
  public static func digest(contentsOf path: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    var hash = SHA256()
    var rest = data[...]
    // A large model is not copied as a whole.
    while !rest.isEmpty {
      hash.add([UInt8](rest.prefix(1 << 20))[...])
      rest = rest.dropFirst(1 << 20)
    }
    return hash.finished()
  }
}
