import FoundationEssentials
import Glibc

/// One search for pictures in a folder and what lies below it.
struct FolderSearch {
  private(set) var files: [DiscoveredFile] = []

  /// The folder that results go to, if it is there.
  private let output: FileIdentity?

  /// Whether results come among the pictures, so that each has to be looked at.
  private let mayMeetResults: Bool

  /// The real path of the folder that is searched.
  private let top: String
  private var entered: Set<FileIdentity> = []

  init(in folder: String, output: String?) {
    let top = RealPath.of(folder) ?? folder
    self.top = top
    self.output = output.flatMap(FileIdentity.init)
    mayMeetResults = output.flatMap(RealPath.of).map { RealPath.isPath(top, in: $0) } ?? false
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
      let path = folder.hasSuffix("/") ? folder + entry.name : folder + "/" + entry.name
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
        if mayMeetResults, FileBeginning.withText(path)?.isDrawnByARun == true { continue }
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

  private func isOutput(_ folder: String) -> Bool {
    OutputFolder.isMarked(folder) || output != nil && FileIdentity(folder) == output
  }
}
