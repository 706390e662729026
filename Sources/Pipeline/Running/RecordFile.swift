import Glibc
public import Imaging

/// `results.jsonl` while it grows: a line at a time, each in one call of the system, so that the end
/// of the process leaves whole lines.
public final class RecordFile: Sendable {
  private let descriptor: Int32
  private let path: String

  public static let name = "results.jsonl"

  /// Begins the records of a run anew.
  public convenience init(in folder: OutputFolder) throws(ImageFileError) {
    try self.init(folder.path + "/" + Self.name, keepsContent: false)
  }

  /// Opens a file to append to; what was in it stays, or not.
  init(_ path: String, keepsContent: Bool) throws(ImageFileError) {
    let kept = keepsContent ? 0 : O_TRUNC
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | kept, 0o666)
    self.path = path
    guard descriptor >= 0 else { throw Self.failure(errno, path) }
  }

  deinit { close(descriptor) }

  public func append(_ line: String) throws(ImageFileError) {
    let bytes = Array((line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(errno, path) }
      written += count
    }
  }

  private static func failure(_ number: Int32, _ path: String) -> ImageFileError {
    switch number {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EACCES, EPERM, EROFS: .notPermitted(path: path)
    default: .cannotWrite(path: path, systemError: number)
    }
  }
}
