import FoundationEssentials
import Glibc
public import Imaging

/// An image file that a run was asked to work on.
public struct DiscoveredFile: Sendable, Equatable {
  /// Where it is, as the user would write it.
  public let path: String
  /// Its place below what was named: the path inside a named folder, the bare name of a named file.
  public let relativePath: String

  /// Makes one of both its paths.
  public init(path: String, relativePath: String) {
    self.path = path
    self.relativePath = relativePath
  }

  /// What the file is by its first bytes; nil if it is no image or cannot be read.
  public var format: ImageFormat? { FileBeginning.format(of: path) }
}

/// Why no list of files could be made.
public enum DiscoveryError: Error, Equatable {
  case missing(path: String)
  case unreadableFolder(path: String)
  case nothingFound(folder: String)
}

/// Finds the files to work on in a list of files and folders.
///
/// A file that is named is taken whatever it is. In a folder, and in the folders inside it, a file
/// is taken if its name ends as those of images do or if it begins as images do; hidden files are
/// not, links to folders are not followed, and folders inside that runs of ours wrote to are passed
/// over. The order is that of the list, and inside a folder
/// that of people who number things (`img2` before `img10`), whatever order the disk has.
public enum Discovery {
  /// The files of a list of paths.
  ///
  /// - Parameter excluded: a folder that is passed over wherever it is met.
  public static func files(
    in paths: [String], apartFrom excluded: String? = nil
  ) throws(DiscoveryError) -> [DiscoveredFile] {
    let excluded = excluded.flatMap(FolderIdentity.init)
    var files: [DiscoveredFile] = []
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .missing(path: path)
      }
      if isFolder {
        let found = try filesOf(folder: path, relativePath: "", apartFrom: excluded)
        if found.isEmpty { throw .nothingFound(folder: path) }
        files += found
      } else {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        files.append(DiscoveredFile(path: path, relativePath: name))
      }
    }
    return files
  }

  private static func filesOf(
    folder: String, relativePath: String, apartFrom excluded: FolderIdentity?
  ) throws(DiscoveryError) -> [DiscoveredFile] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .unreadableFolder(path: folder)
    }
    var files: [DiscoveredFile] = []
    let visible = names.filter { !$0.hasPrefix(".") }
    for name in visible.sorted(by: NaturalOrder.precedes) {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      let relative = relativePath.isEmpty ? name : relativePath + "/" + name
      switch kind(of: path) {
      case .folder:
        if OutputFolder.isMarked(path) { continue }
        if let excluded, FolderIdentity(path) == excluded { continue }
        files += try filesOf(folder: path, relativePath: relative, apartFrom: excluded)
      case .image: files.append(DiscoveredFile(path: path, relativePath: relative))
      case .other: continue
      }
    }
    return files
  }

  /// Whether there is anything in a folder that a run over it would take or look into.
  static func holdsPicturesOrFolders(_ folder: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      guard !name.hasPrefix(".") else { return false }
      switch kind(of: folder + "/" + name) {
      case .folder, .image: return true
      case .other: return false
      }
    }
  }

  private enum Kind {
    case folder
    case image
    case other
  }

  private static func kind(of path: String) -> Kind {
    var facts = stat()
    guard unsafe lstat(path, &facts) == 0 else { return .other }
    if facts.st_mode & S_IFMT == S_IFDIR { return .folder }
    if facts.st_mode & S_IFMT == S_IFLNK {
      guard unsafe stat(path, &facts) == 0 else { return .other }
    }
    guard facts.st_mode & S_IFMT == S_IFREG else { return .other }
    return hasImageName(path) || FileBeginning.format(of: path) != nil ? .image : .other
  }

  private static func hasImageName(_ path: String) -> Bool { ImageFormat(writtenAs: path) != nil }
}

/// Which folder it is, whatever path leads to it.
private struct FolderIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  init?(_ path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    (device, number) = (facts.st_dev, facts.st_ino)
  }
}
