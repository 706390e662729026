/// Paths by their bytes, as the system takes them.
///
/// Swift's characters are not what paths are made of: a slash and a mark behind it that joins what
/// stands before (an accent, a joiner, a variation selector), or a dot behind a sign that joins what
/// follows, are one character, which is neither `/` nor `.`.
extension String {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The names between the slashes.
  public var pathSteps: [Substring] { utf8.split(separator: Self.slash).map(Substring.init) }

  /// What the path leads to without the way there; a path of slashes alone stays what it is.
  public var lastPathStep: String { pathSteps.last.map(String.init) ?? self }

  /// Everything behind the last slash.
  public var fileName: Substring { self[fileNameStart...] }

  /// The folder that the last slash stands behind; without slashes, the one that one is in.
  public var folderPath: String {
    guard let cut = utf8.lastIndex(of: Self.slash) else { return "." }
    return cut == startIndex ? "/" : String(self[..<cut])
  }

  /// The path without the last dot of the file's name and what follows. A name that begins with its
  /// only dot has no ending.
  public var withoutFileEnding: Substring {
    guard let dot = lastDot, dot > fileNameStart else { return self[...] }
    return self[..<dot]
  }

  /// What stands behind the last dot of the file's name; empty if it has none.
  public var fileEnding: Substring { lastDot.map { self[utf8.index(after: $0)...] } ?? "" }

  /// Whether the path says by its end that it is that of a folder.
  public var endsInSlash: Bool { utf8.last == Self.slash }

  /// Whether the path begins at the root.
  public var isAbsolutePath: Bool { utf8.first == Self.slash }

  /// Whether the name is one of those that are not shown unless asked for.
  public var isHiddenName: Bool { utf8.first == Self.dot }

  /// The name of a folder as others are written behind it.
  public var withoutLastSlashes: String {
    utf8.lastIndex { $0 != Self.slash }.map { String(Substring(utf8[...$0])) } ?? String(prefix(1))
  }

  /// The path of something in the folder that this is the path of.
  public func appendingPath(_ path: some StringProtocol) -> String {
    self + (endsInSlash ? "" : "/") + path
  }

  private var fileNameStart: Index {
    utf8.lastIndex(of: Self.slash).map(utf8.index(after:)) ?? startIndex
  }

  private var lastDot: Index? { utf8[fileNameStart...].lastIndex(of: Self.dot) }
}
