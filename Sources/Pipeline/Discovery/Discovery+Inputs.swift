import FoundationEssentials
import Glibc
import Paths

extension Discovery {
  /// The files of a long run: patterns that the shell left are expanded, a file that is named twice
  /// is taken once, and what is missing or cannot be read stays in the list, to be recorded as failed,
  /// unless nothing at all is there.
  ///
  /// - Parameter output: the folder that results go to, which are passed over.
  public static func inputs(
    _ paths: [String], apartFrom output: String? = nil
  ) throws(DiscoveryError) -> [DiscoveredFile] {
    if paths.isEmpty { throw .nothingNamed }
    var files: [DiscoveredFile] = []
    var missing: [String] = []
    var failure: DiscoveryError?
    for path in paths.flatMap(expanded) {
      guard FileManager.default.fileExists(atPath: path) else {
        missing.append(path)
        files.append(DiscoveredFile(path: path, relativePath: path))
        continue
      }
      do {
        files += try self.files(in: [path], apartFrom: output)
      } catch {
        failure = failure ?? error
        if case .unreadableFolder = error {
          missing.append(path)
          files.append(DiscoveredFile(path: path, relativePath: path))
        }
      }
    }
    if files.count == missing.count {
      if let failure { throw failure }
      if let first = missing.first { throw .missing(path: first) }
    }
    var known: Set<ExactPath> = []
    return files.filter { known.insert(ExactPath(absolute($0.path))).inserted }
  }

  /// The files that a pattern stands for, or the path itself if it is none.
  private static func expanded(_ path: String) -> [String] {
    guard path.unicodeScalars.contains(where: { "*?[".unicodeScalars.contains($0) }),
      !FileManager.default.fileExists(atPath: path)
    else { return [path] }
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(path, 0, nil, &found) == 0 else { return [path] }
    let count = unsafe Int(found.gl_pathc)
    return (0..<count).compactMap { index in
      unsafe found.gl_pathv[index].map { path in
        unsafe String(pathBytes: UnsafeRawBufferPointer(start: path, count: strlen(path)))
      }
    }.sorted(by: NaturalOrder.precedes)
  }

  /// The path from the root on, without steps that lead nowhere. Links are not followed, since two
  /// links to a file are two names of it, unless a step leads out of what they lead to.
  private static func absolute(_ path: String) -> String {
    let full = path.isAbsolutePath ? path : FileManager.default.currentDirectoryPath + "/" + path
    var steps: [Substring] = []
    for step in full.pathSteps where step != "." {
      guard step == ".." else {
        steps.append(step)
        continue
      }
      let place = "/" + steps.joined(separator: "/")
      if RealPath.isLink(place), let outside = RealPath.of(place + "/..") {
        steps = outside.pathSteps
      } else {
        _ = steps.popLast()
      }
    }
    return "/" + steps.joined(separator: "/")
  }
}
