import FoundationEssentials
public import Imaging
import Paths

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
  public var format: ImageFormat? { FileBeginning(path)?.format }
}

/// Why no list of files could be made.
public enum DiscoveryError: Error, Equatable {
  /// The list of paths was empty.
  case nothingNamed
  case missing(path: String)
  case unreadableFolder(path: String)
  case nothingFound(folder: String)

  /// Runs drew all pictures in it.
  case onlyDrawings(folder: String)
}

/// Finds the files to work on in a list of files and folders.
///
/// A file that is named is taken whatever it is. In a folder, and in the folders inside it, a file
/// is taken if its name ends as those of images do or if it begins as images do. Hidden files are not,
/// nor what runs of ours drew (it has the name of a result and says so in its text), nor folders inside
/// that they made; but a folder that they made and that is named is searched for all its pictures.
/// Links to folders elsewhere are followed, each folder once. A folder inside that cannot be read, a
/// link to nowhere that is called like a picture, and a name that is no UTF-8 stay in the list as
/// files that cannot be read. The order is that of the list, and inside a folder that
/// of people who number things (`img2` before `img10`), whatever order the disk has.
public enum Discovery {
  /// The files of a list of paths.
  ///
  /// - Parameters:
  ///   - output: the folder that results go to, which are passed over.
  ///   - takesDrawings: whether what runs drew is taken like other pictures.
  public static func files(
    in paths: [String], apartFrom output: String? = nil, takingDrawings takesDrawings: Bool = false
  ) throws(DiscoveryError) -> [DiscoveredFile] {
    var files: [DiscoveredFile] = []
    for path in paths {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw .missing(path: path)
      }
      if isFolder {
        var search = FolderSearch(in: path, output: output, takesDrawings: takesDrawings)
        try search.search(path)
        if search.files.isEmpty {
          throw search.hasPassedOverDrawings
            ? .onlyDrawings(folder: path) : .nothingFound(folder: path)
        }
        files += search.files
      } else {
        files.append(DiscoveredFile(path: path, relativePath: path.lastPathStep))
      }
    }
    return files
  }

  /// Whether there is anything in a folder that a run over it would take or look into.
  static func holdsPicturesOrFolders(_ folder: String) -> Bool {
    FolderListing(folder)?.entries.contains { $0.kind != .other } ?? false
  }
}
