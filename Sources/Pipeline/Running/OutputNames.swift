/// Where a picture's files go below the output folder: `photos/a/3.png` becomes `photos/a/3`, to
/// which method and ending are added.
///
/// A path is taken as it was written; steps that lead out of a folder (`/` at the beginning, `..`)
/// are left out. Of pictures that would get the same name, all keep their own ending (`3.png` and
/// `3.jpg`); where that does not part them, all but the first get a number. For a list that is known
/// beforehand nothing depends on its order; paths that come in one by one yield to earlier ones.
public struct OutputNames: Sendable {
  private var names: [String: String] = [:]
  private var taken: Set<String> = []

  /// - Parameter paths: of all pictures of a run, whatever part of them is worked on.
  public init(_ paths: [String]) {
    var owners: [String: [String]] = [:]
    for path in Set(paths) { owners[Self.stem(of: path), default: []].append(path) }
    taken = Set(owners.keys)
    for (stem, group) in owners where group.count == 1 { names[group[0]] = stem }
    for stem in owners.keys.sorted() {
      guard let group = owners[stem], group.count > 1 else { continue }
      for path in group.sorted() { names[path] = free(Self.inner(path)) }
    }
  }

  /// The name of one of the pictures.
  public subscript(path: String) -> String { names[path] ?? Self.stem(of: path) }

  /// The name of a picture that came later.
  public mutating func add(_ path: String) -> String {
    if let known = names[path] { return known }
    let stem = Self.stem(of: path)
    let name = taken.insert(stem).inserted ? stem : free(Self.inner(path))
    names[path] = name
    return name
  }

  /// The name, with a number if it is taken.
  private mutating func free(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !taken.insert(name).inserted {
      name = wanted + "~\(number)"
      number += 1
    }
    return name
  }

  /// The path without the steps that lead out.
  private static func inner(_ path: String) -> String {
    path.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
  }

  private static func stem(of path: String) -> String {
    let inner = inner(path)
    guard !inner.isEmpty else { return "picture" }
    let name = inner.lastIndex(of: "/").map(inner.index(after:)) ?? inner.startIndex
    // A name that begins with its only dot has no ending.
    guard let dot = inner[name...].lastIndex(of: "."), dot > name else { return inner }
    return String(inner[..<dot])
  }
}
