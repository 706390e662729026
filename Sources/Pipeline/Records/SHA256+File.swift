import FoundationEssentials

extension SHA256 {
  /// The digest of a file's content.
  public static func digest(contentsOf path: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    return digest(data.span)
  }
}
