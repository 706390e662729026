import Paths

/// Where a picture's files go below the output folder: `photos/a/3.png` becomes `photos/a/3`, to
/// which method and ending are added.
///
/// A path is taken as it was written; steps that lead out of a folder (`/` at the beginning, `..`)
/// are left out, and a folder that is called like a file of a run gets another name. Of pictures that would get the same name, all keep their own ending (`3.png` and
/// `3.jpg`); where that does not part them, all but the first get a number. For a list that is known
/// beforehand nothing depends on its order. Of paths that come in one by one, to several processes
/// maybe, those keep their ending that have a namesake in their folder, and those that are like
/// earlier ones all the same yield to them.
public struct OutputNames: Sendable {
  private var names: [ExactPath: String] = [:]
  private var taken: Set<ExactPath> = []

  /// - Parameter paths: of all pictures of a run, whatever part of them is worked on.
  public init(_ paths: [String]) {
    var owners: [ExactPath: [ExactPath]] = [:]
    for path in Set(paths.map(ExactPath.init)) {
      owners[ExactPath(Self.stem(of: path.text)), default: []].append(path)
    }
    taken = Set(owners.keys)
    for (stem, group) in owners where group.count == 1 { names[group[0]] = stem.text }
    for stem in owners.keys.sorted(by: { ExactPath.precedes($0.text, $1.text) }) {
      guard let group = owners[stem], group.count > 1 else { continue }
      for path in group.sorted(by: { ExactPath.precedes($0.text, $1.text) }) {
        names[path] = free(Self.inner(path.text))
      }
    }
  }

  /// The name of one of the pictures.
  public subscript(path: String) -> String { names[ExactPath(path)] ?? Self.stem(of: path) }

  /// The name of a picture that came later.
  public mutating func add(_ path: String) -> String {
    if let known = names[ExactPath(path)] { return known }
    let stem = Namesake.exists(besides: path) ? Self.inner(path) : Self.stem(of: path)
    let name = taken.insert(ExactPath(stem)).inserted ? stem : free(Self.inner(path))
    names[ExactPath(path)] = name
    return name
  }

  /// The name, with a number if it is taken.
  private mutating func free(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while !taken.insert(ExactPath(name)).inserted {
      name = wanted + "~\(number)"
      number += 1
    }
    return name
  }

  /// The path without the steps that lead out, and with names short enough to take an ending.
  private static func inner(_ path: String) -> String {
    let steps = path.pathSteps.filter { $0 != "." && $0 != ".." }.map(shortened)
    return (steps.dropLast().map(folder) + steps.suffix(1)).joined(separator: "/")
  }

  /// What the files end with that a run writes.
  private static let endings = ["png", "jpg", "npy", "js", "json", "jsonl", "html"]

  /// A folder's name, changed where a run might write a file of that name: beside `three.png` there
  /// may be pictures in `three.js/`. What was changed cannot be the name of another folder.
  private static func folder(_ name: String) -> String {
    let last = name.utf8.lastIndex { $0 != UInt8(ascii: "_") }
    let base = last.map { Substring(name.utf8[...$0]).lowercased() } ?? name
    return base == ReportFolder.assets || endings.contains(String(base.fileEnding))
      ? name + "_" : name
  }

  /// File systems take names of 255 bytes, and the longest method with all its endings has some fifty.
  private static let longestName = 200

  /// A name that is too long is cut, and a hash of all of it tells it from others cut alike.
  private static func shortened(_ name: Substring) -> String {
    guard name.utf8.count > longestName else { return String(name) }
    var start = ""
    for scalar in name.unicodeScalars {
      if start.utf8.count + UTF8.width(scalar) > longestName - 17 { break }
      start.unicodeScalars.append(scalar)
    }
    return start + "~" + String(PathHash.value(of: name.utf8), radix: 16)
  }

  private static func stem(of path: String) -> String {
    let inner = inner(String(path.withoutFileEnding))
    return inner.isEmpty ? "picture" : inner
  }
}
