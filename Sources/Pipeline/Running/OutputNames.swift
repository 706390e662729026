/// Where a picture's files go below the output folder: `photos/a/3.png` becomes `photos/a/3`, to
/// which method and ending are added.
///
/// A path is taken as it was written; where it leaves the folder it starts from (`/`, `..`) those
/// steps are left out. Of pictures that would get the same name, all keep their own ending
/// (`3.png` and `3.jpg`); if that does not part them, all but the first get a number. Nothing depends
/// on the order in which they were named.
public struct OutputNames: Sendable {
  private var names: [String: String] = [:]

  /// - Parameter paths: of all pictures of a run, whatever part of them is worked on.
  public init(_ paths: [String]) {
    var owners: [String: [String]] = [:]
    for path in paths { owners[Self.stem(of: path), default: []].append(path) }
    var taken = Set(owners.keys)
    for stem in owners.keys.sorted() {
      guard let group = owners[stem] else { continue }
      if group.count == 1 {
        names[group[0]] = stem
        continue
      }
      for path in group.sorted() where names[path] == nil {
        let wanted = Self.steps(of: path).joined(separator: "/")
        var name = wanted
        var number = 2
        while !taken.insert(name).inserted {
          name = wanted + "~\(number)"
          number += 1
        }
        names[path] = name
      }
    }
  }

  /// The name of one of the pictures.
  public subscript(path: String) -> String { names[path] ?? Self.stem(of: path) }

  /// The steps of a path that lead further in.
  private static func steps(of path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." && $0 != ".." }
  }

  private static func stem(of path: String) -> String {
    var steps = steps(of: path)
    guard let last = steps.popLast() else { return "picture" }
    // A name that begins with its only dot has no ending.
    let end = last.lastIndex(of: ".") ?? last.endIndex
    steps.append(end == last.startIndex ? last : last[..<end])
    return steps.joined(separator: "/")
  }
}

/// What stands between a picture's name and the ending of a map's file: the method, numbered where
/// it is used more than once, and the target's rank from the second on.
struct MapNames: Sendable {
  private let methods: [String]

  init(methods names: [String]) {
    var counts: [String: Int] = [:]
    methods = names.map { name in
      counts[name, default: 0] += 1
      let count = counts[name, default: 1]
      return count == 1 ? name : "\(name)-\(count)"
    }
  }

  /// - Parameters:
  ///   - index: among a picture's maps, method by method.
  ///   - count: of that picture's maps.
  func suffix(_ index: Int, of count: Int) -> String {
    let targets = count / methods.count
    let (method, target) = (index / targets, index % targets)
    return "." + methods[method] + (target == 0 ? "" : ".top\(target + 1)")
  }
}
