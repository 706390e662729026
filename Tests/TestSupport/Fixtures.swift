public import FoundationEssentials

/// Where the repository's files are; the one place that knows how tests find them.
public enum Fixtures {
  public static let repository: String = {
    var path = #filePath
    for _ in 0..<3 { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
    return path
  }()

  public static func path(_ name: String) -> String { repository + "/fixtures/" + name }

  public static func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: path(name)))
  }

  /// The files of a folder of fixtures, by name in order.
  public static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }
}
