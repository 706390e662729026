import Glibc
import Imaging
import Paths

/// What lies in a folder, hidden files and folders left out.
struct FolderListing {
  struct Entry {
    /// With U+FFFD where it is no UTF-8; such a name finds no file.
    let name: String
    let kind: Kind
  }

  enum Kind {
    case folder
    case linkedFolder

    /// By its name or, where that says nothing, by its first bytes.
    case image
    case other
  }

  let entries: [Entry]

  /// Nothing if the folder cannot be read.
  init?(_ folder: String) {
    guard let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    var entries: [Entry] = []
    while let found = unsafe readdir(stream) {
      let place = unsafe UnsafeRawPointer(found) + MemoryLayout<dirent>.offset(of: \.d_name)!
      let bytes = unsafe place.assumingMemoryBound(to: CChar.self)
      let name = unsafe String(
        pathBytes: UnsafeRawBufferPointer(start: bytes, count: strlen(bytes)))
      if name.isHiddenName { continue }
      let kind = unsafe Self.kind(bytes, name, in: dirfd(stream), type: Int(found.pointee.d_type))
      entries.append(Entry(name: name, kind: kind))
    }
    self.entries = entries
  }

  private static func kind(
    _ bytes: UnsafePointer<CChar>, _ name: String, in folder: Int32, type: Int
  ) -> Kind {
    var facts = stat()
    var type = type
    if type == Int(DT_UNKNOWN) {
      guard unsafe fstatat(folder, bytes, &facts, AT_SYMLINK_NOFOLLOW) == 0 else { return .other }
      type = Int(facts.st_mode & S_IFMT) >> 12
    }
    if type == Int(DT_DIR) { return .folder }
    if type == Int(DT_LNK) {
      // What a link that leads nowhere is, only its own name says.
      guard unsafe fstatat(folder, bytes, &facts, 0) == 0 else {
        return ImageFormat(writtenAs: name) == nil ? .other : .image
      }
      if facts.st_mode & S_IFMT == S_IFDIR { return .linkedFolder }
      type = Int(facts.st_mode & S_IFMT) >> 12
    }
    guard type == Int(DT_REG) else { return .other }
    if ImageFormat(writtenAs: name) != nil { return .image }
    return unsafe FileBeginning(bytes, in: folder)?.format == nil ? .other : .image
  }
}
