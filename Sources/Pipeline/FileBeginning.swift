import Glibc
import Imaging

/// The first bytes of a file, which say what kind of image it is whatever its name.
enum FileBeginning {
  static func format(of path: String) -> ImageFormat? {
    // A pipe without a writer would otherwise hold the run.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    var bytes: [UInt8] = [0, 0, 0, 0]
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count == bytes.count else { return nil }
    if bytes == [0x89, 0x50, 0x4E, 0x47] { return .png }
    return bytes.starts(with: [0xFF, 0xD8, 0xFF]) ? .jpeg : nil
  }
}
