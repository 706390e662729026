import FoundationEssentials
import Glibc
import Paths

/// One search for pictures in a folder and what lies below it.
struct FolderSearch {
  private(set) var files: [DiscoveredFile] = []

  /// The folder that results go to, if it is there.
  private let output: FileIdentity?

  /// Whether what runs drew is passed over.
  private let passesOverDrawings: Bool

  /// Whether anything was that they drew.
  private(set) var hasPassedOverDrawings = false

  /// The real path of the folder that is searched.
  private let top: String
  private var entered: Set<FileIdentity> = []

  init(in folder: String, output: String?, takesDrawings: Bool) {
    let top = RealPath.of(folder) ?? folder
    self.top = top
    self.output = output.flatMap(FileIdentity.init)
    let writesHere = output.flatMap(RealPath.of).map { RealPath.isPath(top, in: $0) } ?? false
    // Who names a folder that a run made wants what is in it.
    passesOverDrawings = !takesDrawings && (writesHere || !OutputFolder.isMarked(folder))
  }

  /// - Throws: ``DiscoveryError/unreadableFolder(path:)``
  mutating func search(_ folder: String) throws(DiscoveryError) {
    guard search(folder, relativePath: "") else { throw .unreadableFolder(path: folder) }
  }

  /// Whether the folder could be read.
  private mutating func search(_ folder: String, relativePath: String) -> Bool {
    if let identity = FileIdentity(folder), !entered.insert(identity).inserted { return true }
    guard let listing = FolderListing(folder) else { return false }
    for entry in listing.entries.sorted(by: { NaturalOrder.precedes($0.name, $1.name) }) {
      let path = folder.appendingPath(entry.name)
      let relative = relativePath.isEmpty ? entry.name : relativePath + "/" + entry.name
      switch entry.kind {
      case .folder:
        if isOutput(path) { continue }
      case .linkedFolder:
        // What lies below the top is found without the link.
        if isOutput(path) || RealPath.of(path).map({ RealPath.isPath($0, in: top) }) ?? true {
          continue
        }
      case .image:
        if passesOverDrawings && Self.isDrawn(entry.name, path) {
          hasPassedOverDrawings = true
          continue
        }
        files.append(DiscoveredFile(path: path, relativePath: relative))
        continue
      case .other: continue
      }
      // A folder that cannot be read fails as a picture does, and the others are done.
      if !search(path, relativePath: relative) {
        files.append(DiscoveredFile(path: path, relativePath: relative))
      }
    }
    return true
  }

  /// Whether a run drew it, by its text. Files with other names than results have stay closed: a
  /// search of 100,000 pictures opens none of them.
  private static func isDrawn(_ name: String, _ path: String) -> Bool {
    DrawnName.isPossible(name) && FileBeginning.withText(path)?.isDrawnByARun == true
  }

  private func isOutput(_ folder: String) -> Bool {
    OutputFolder.isMarked(folder) || output != nil && FileIdentity(folder) == output
  }
}
