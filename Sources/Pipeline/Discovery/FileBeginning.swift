import Glibc
import Imaging

/// The first bytes of a file, which say what kind of image it is whatever its name.
struct FileBeginning {
  private let bytes: [UInt8]

  /// The beginning of a regular file; nothing if there is none that can be read.
  init?(_ path: String, length: Int = 4) {
    let beginning = unsafe path.withCString {
      unsafe FileBeginning($0, in: AT_FDCWD, length: length)
    }
    guard let beginning else { return nil }
    self = beginning
  }

  /// As much of a PNG as shows whether a run drew it: more than comes before its text.
  static func withText(_ path: String) -> FileBeginning? { FileBeginning(path, length: 2048) }

  /// - Parameter folder: the descriptor of the folder that the path begins in.
  init?(_ path: UnsafePointer<CChar>, in folder: Int32, length: Int = 4) {
    // A pipe without a writer would otherwise hold the run.
    let descriptor = unsafe openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: length)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count >= 0 else { return nil }
    self.bytes = Array(bytes.prefix(count))
  }

  var format: ImageFormat? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
    return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? .jpeg : nil
  }

  /// Whether a PNG says before its pixels that a run of ours drew it, if enough of it was read.
  var isDrawnByARun: Bool {
    guard format == .png else { return false }
    let keyword = Array(ImageText.ownKeyword.utf8) + [0]
    var place = 8
    while place + 8 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = bytes[place + 4..<place + 8]
      if kind.elementsEqual("IDAT".utf8) { return false }
      let isText = ["tEXt", "zTXt", "iTXt"].contains { kind.elementsEqual($0.utf8) }
      if isText && bytes[(place + 8)...].starts(with: keyword) { return true }
      place += 12 + length
    }
    return false
  }
}
