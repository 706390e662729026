import FoundationEssentials
import Glibc
import Imaging

/// A small file that a command reads as it is.
enum FileContent {
  static func bytes(of path: String) throws(ImageFileError) -> [UInt8] {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
      throw .folder(path: path)
    }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
      throw .missing(path: path)
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      throw .notPermitted(path: path)
    } catch {
      throw .cannotRead(path: path, systemError: EIO)
    }
  }
}
